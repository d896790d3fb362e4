package org.edgeplex.pvm.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.junit.jupiter.api.Test;

class LinkKeeperTest {
    private static final LinkSpec LINK =
            new LinkSpec(
                    Ipv4Address.parse("192.0.2.1"),
                    24,
                    MacAddress.parse("02:ed:00:00:00:07"),
                    1500);

    private final FakeKernel kernel = new FakeKernel();
    private final List<LinkSpec> ready = new ArrayList<>();
    private final LinkKeeper keeper = new LinkKeeper("ce0", kernel, ready::add);

    @Test
    void waitsForTheInterfaceThenSetsItOnce() throws InterruptedException {
        assertFalse(keeper.reconcile(LINK));
        assertEquals(List.of(), ready);
        kernel.appear(5);
        assertTrue(keeper.reconcile(LINK));
        assertEquals(List.of(LINK), ready);
        assertEquals("0", kernel.sysctls.get("ipv4/conf/ce0/rp_filter"));
        int commandCount = kernel.commands.size();
        assertTrue(keeper.reconcile(LINK));
        assertEquals(commandCount, kernel.commands.size());
        assertEquals(List.of(LINK), ready);
    }

    @Test
    void anInterfaceThatCameBackIsSetAgain() throws InterruptedException {
        kernel.appear(5);
        keeper.reconcile(LINK);
        kernel.vanish();
        assertFalse(keeper.reconcile(LINK));
        kernel.sysctls.clear();
        kernel.appear(6);
        assertTrue(keeper.reconcile(LINK));
        assertEquals(List.of(LINK, LINK), ready);
        assertEquals("0", kernel.sysctls.get("ipv4/conf/ce0/rp_filter"));
    }

    @Test
    void anInterfaceReplacedBetweenTwoLooksIsNoticed() throws InterruptedException {
        kernel.appear(5);
        keeper.reconcile(LINK);
        kernel.appear(6);
        keeper.reconcile(LINK);
        assertEquals(List.of(LINK, LINK), ready);
    }

    @Test
    void aFailedCommandIsTriedAgain() throws InterruptedException {
        kernel.appear(5);
        kernel.fail("RTNETLINK answers: Operation not permitted");
        assertFalse(keeper.reconcile(LINK));
        assertEquals(List.of(), ready);
        kernel.fail("");
        assertTrue(keeper.reconcile(LINK));
        assertEquals(List.of(LINK), ready);
    }
}
