package org.edgeplex.bgp.rib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.edgeplex.bgp.wire.AsPath;
import org.edgeplex.bgp.wire.PathAttribute;
import org.edgeplex.bgp.wire.PathAttributes;
import org.edgeplex.bgp.wire.PeerType;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The steps of the decision, each by two routes that differ in it, and in every later one the
/// other way round.
final class DecisionTest {
    /// A route in words: `pref 100 path 1,2 origin IGP med 5 from ebgp cost 3 id 1 clusters 0 peer
    /// 1`.
    private static Candidate route(String text) {
        String[] words = text.trim().split(" +", -1);
        PathAttributes attributes = PathAttributes.originated(PathAttribute.Origin.IGP);
        String from = "ebgp";
        long cost = 0;
        int id = 1;
        int peer = 1;
        for (int i = 0; i < words.length; i += 2) {
            String value = words[i + 1];
            switch (words[i]) {
                case "pref" -> attributes = attributes.withLocalPref(Long.parseLong(value));
                case "path" -> attributes = attributes.with(path(value));
                case "origin" -> attributes = attributes.with(PathAttribute.Origin.valueOf(value));
                case "med" -> attributes = attributes.withMultiExitDisc(Long.parseLong(value));
                case "from" -> from = value;
                case "cost" -> cost = Long.parseLong(value);
                case "id" -> id = Integer.parseInt(value);
                case "originator" ->
                        attributes =
                                attributes.with(
                                        new PathAttribute.OriginatorId(
                                                new Ipv4Address(Integer.parseInt(value))));
                case "clusters" -> attributes = attributes.with(clusters(Integer.parseInt(value)));
                case "peer" -> peer = Integer.parseInt(value);
                default -> throw new IllegalArgumentException(words[i]);
            }
        }
        Candidate.Source source =
                from.equals("local")
                        ? new Candidate.Source.Local()
                        : new Candidate.Source.Learned(
                                from.equals("ebgp") ? PeerType.EXTERNAL : PeerType.INTERNAL,
                                new Ipv4Address(id),
                                new Ipv4Address(peer),
                                cost);
        return new Candidate(attributes, source);
    }

    private static AsPath path(String ases) {
        List<AsNumber> list = new ArrayList<>();
        for (String as : ases.split(",", -1)) {
            list.add(AsNumber.parse(as));
        }
        return AsPath.sequence(list);
    }

    private static PathAttribute.ClusterList clusters(int count) {
        List<Ipv4Address> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(new Ipv4Address(i));
        }
        return new PathAttribute.ClusterList(ids);
    }

    @ParameterizedTest(name = "{0}: {1} beats {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "HIGHER_LOCAL_PREF      | pref 200 path 1,2,3            | pref 100 from local",
                "HIGHER_LOCAL_PREF      | pref 101 path 1                | path 1",
                "LOCALLY_ORIGINATED     | from local origin INCOMPLETE   | path 1 origin IGP",
                "SHORTER_AS_PATH        | path 1 origin EGP              | path 1,2 origin IGP",
                "LOWER_ORIGIN           | path 1 med 9                   | path 1 origin EGP med 1",
                "LOWER_ORIGIN | path 1 origin EGP              | path 1 origin INCOMPLETE",
                "LOWER_MULTI_EXIT_DISC  | path 1 med 1 from ibgp         | path 1 med 2 from ebgp",
                "LOWER_MULTI_EXIT_DISC  | path 1                         | path 1 med 1",
                "EXTERNAL_OVER_INTERNAL | path 1 med 2 cost 9 id 9       | path 2 med 1 from ibgp",
                "LOWER_INTERIOR_COST    | path 1 cost 1 id 9             | path 1 cost 2 id 1",
                "LOWER_ROUTER_ID        | path 1 id 1 clusters 3 peer 9  | path 1 id 2 peer 1",
                "LOWER_ROUTER_ID        | path 1 id 9 originator 1       | path 1 id 2",
                "SHORTER_CLUSTER_LIST | path 1 clusters 1 peer 9       | path 1 clusters 2 peer 1",
                "LOWER_PEER_ADDRESS     | path 1 peer 1                  | path 1 peer 2"
            })
    void stepByStep(Reason reason, String better, String worse) {
        assertEquals(
                new Decision.Verdict(true, reason), Decision.compare(route(better), route(worse)));
        assertEquals(
                new Decision.Verdict(false, reason), Decision.compare(route(worse), route(better)));
    }

    @Test
    void betweenEqualsTheFirstStays() {
        assertEquals(
                new Decision.Verdict(true, Reason.EQUAL),
                Decision.compare(route("path 1"), route("path 1")));
    }

    /// The example that a comparison of two at a time gets wrong: A and B are of one neighbouring
    /// AS, so B is out by its MED, whatever C says.
    @Test
    void theBestDoesNotDependOnTheOrderOfArrival() {
        Candidate a = route("path 1 med 1 from ibgp cost 30");
        Candidate b = route("path 1 med 2 from ibgp cost 10");
        Candidate c = route("path 2 from ibgp cost 20");
        for (List<Candidate> order :
                List.of(
                        List.of(a, b, c),
                        List.of(a, c, b),
                        List.of(b, a, c),
                        List.of(b, c, a),
                        List.of(c, a, b),
                        List.of(c, b, a))) {
            assertEquals(c, order.get(Decision.best(order)));
        }
    }
}
