package org.edgeplex.lab.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.TreeSet;
import org.edgeplex.lab.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelFlowsTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// A P between two PEs that advertise implicit null: it pops both their labels.
    @Test
    void aPopsForNeighboursThatAskForImplicitNull() {
        var flows =
                LabelFlows.from(
                        new LabelFlows.Sources(
                                Recorded.json("ldp-bindings.json"),
                                Recorded.json("ip-routes.json"),
                                Recorded.json("ip-neighbors.json"),
                                Recorded.json("ip-links.json")));

        String toA = ",set_field:ee:d0:0c:17:5a:6b->eth_src,set_field:6e:17:d0:35:83:81->eth_dst";
        String toB = ",set_field:5a:3d:72:fd:fa:cf->eth_src,set_field:46:52:d6:47:5d:00->eth_dst";
        assertEquals(
                List.of(
                        "priority=100,mpls,mpls_label=16,mpls_bos=0,actions=dec_mpls_ttl,pop_mpls:0x8847"
                                + toB
                                + ",output:b",
                        "priority=100,mpls,mpls_label=16,mpls_bos=1,actions=dec_mpls_ttl,pop_mpls:0x0800"
                                + toB
                                + ",output:b",
                        "priority=100,mpls,mpls_label=17,mpls_bos=0,actions=dec_mpls_ttl,pop_mpls:0x8847"
                                + toA
                                + ",output:a",
                        "priority=100,mpls,mpls_label=17,mpls_bos=1,actions=dec_mpls_ttl,pop_mpls:0x0800"
                                + toA
                                + ",output:a"),
                List.copyOf(flows));
    }

    @ParameterizedTest(name = "remote label {0}")
    @CsvSource({"300, set_field:300->mpls_label", "exp-null, set_field:0->mpls_label"})
    void aSwapsToARealOrExplicitLabel(String remote, String action) throws JsonProcessingException {
        assertEquals(
                List.of(
                        "priority=100,mpls,mpls_label=17,actions=dec_mpls_ttl,"
                                + action
                                + ",set_field:02:00:00:00:00:01->eth_src"
                                + ",set_field:02:00:00:00:00:02->eth_dst,output:a"),
                List.copyOf(LabelFlows.from(sources(remote, 1, "10.0.1.1"))));
    }

    @Test
    void aBindingThatIsNotInUseForwardsNothing() throws JsonProcessingException {
        assertEquals(0, LabelFlows.from(sources("300", 0, "10.0.1.1")).size());
    }

    @Test
    void aNextHopWithoutAMacAddressWaits() throws JsonProcessingException {
        assertEquals(0, LabelFlows.from(sources("300", 1, "10.0.1.9")).size());
    }

    @Test
    void aSilentDaemonForwardsNothing() {
        var nothing = JSON.missingNode();

        assertEquals(
                0,
                LabelFlows.from(new LabelFlows.Sources(nothing, nothing, nothing, nothing)).size());
    }

    @Test
    void onlyDifferencesAreAppliedDeletionsFirst() {
        assertEquals(
                List.of("delete_strict priority=1,a=1", "add priority=1,a=3,actions=output:z"),
                LabelFlowAdapter.changes(
                        new TreeSet<>(
                                List.of(
                                        "priority=1,a=1,actions=output:x",
                                        "priority=1,a=2,actions=drop")),
                        new TreeSet<>(
                                List.of(
                                        "priority=1,a=2,actions=drop",
                                        "priority=1,a=3,actions=output:z"))));
    }

    private static LabelFlows.Sources sources(String remote, int inUse, String known)
            throws JsonProcessingException {
        return new LabelFlows.Sources(
                JSON.readTree(
                        """
                        {"bindings": [{"prefix": "10.255.0.1/32", "localLabel": "17",
                                       "remoteLabel": "%s", "inUse": %d}]}\
                        """
                                .formatted(remote, inUse)),
                JSON.readTree(
                        """
                        [{"dst": "10.255.0.1", "gateway": "10.0.1.1", "dev": "a"}]\
                        """),
                JSON.readTree(
                        """
                        [{"dst": "%s", "dev": "a", "lladdr": "02:00:00:00:00:02"}]\
                        """
                                .formatted(known)),
                JSON.readTree(
                        """
                        [{"ifname": "a", "address": "02:00:00:00:00:01"}]\
                        """));
    }
}
