package org.edgeplex.state.ramcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.edgeplex.state.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RamcloudOptionsTest {
    @Test
    void aLocationIsRead() {
        assertEquals(
                new RamcloudOptions(
                        "tcp:host=127.0.0.1,port=12246",
                        "test",
                        "pe1",
                        3,
                        500,
                        RamcloudOptions.Transport.WIRE,
                        ""),
                RamcloudOptions.parse(
                        "ramcloud:tcp:host=127.0.0.1,port=12246"
                                + "?namespace=pe1&serverSpan=3&cluster=test&stallMillis=500"));
        assertEquals(
                RamcloudOptions.of("zk:a:2181,b:2181"),
                RamcloudOptions.parse("ramcloud:zk:a:2181,b:2181"));
    }

    @Test
    void theLibraryMayReachWhatTheClientInJavaDoesNot() {
        RamcloudOptions options =
                RamcloudOptions.parse(
                        "ramcloud:basic+udp:host=h,port=1?transport=native&library=/opt/libramcloud.so");
        assertEquals("basic+udp:host=h,port=1", options.locator());
        assertEquals(RamcloudOptions.Transport.NATIVE, options.transport());
        assertEquals("/opt/libramcloud.so", options.library());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:localhost",
                "ramcloud:",
                "ramcloud:tcp:127.0.0.1:12246",
                "ramcloud:zk:",
                "ramcloud:zk:a:1?",
                "ramcloud:zk:a:1?serverSpan=0",
                "ramcloud:zk:a:1?serverSpan=many",
                "ramcloud:zk:a:1?namespace=a/b",
                "ramcloud:zk:a:1?colour=red",
                "ramcloud:zk:a:1?transport=pigeon",
                "ramcloud:zk:a:1?library=/opt/libramcloud.so",
                "ramcloud:basic+udp:host=h,port=1",
            })
    void whatIsNoneIsExplained(String location) {
        StoreException e =
                assertThrows(StoreException.class, () -> RamcloudOptions.parse(location));
        assertTrue(String.valueOf(e.getMessage()).contains("location is ramcloud:tcp:"));
    }
}
