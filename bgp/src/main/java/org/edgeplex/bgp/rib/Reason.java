package org.edgeplex.bgp.rib;

/// The step of the decision process at which one of two routes won: "why is this not best?".
///
/// In the order of the steps (RFC 4271, sections 9.1.1 and 9.1.2.2; RFC 4456, section 9).
public enum Reason {
    HIGHER_LOCAL_PREF("higher local preference"),
    LOCALLY_ORIGINATED("originated here"),
    SHORTER_AS_PATH("shorter AS path"),
    LOWER_ORIGIN("lower origin"),
    LOWER_MULTI_EXIT_DISC("lower MED from the same neighbouring AS"),
    EXTERNAL_OVER_INTERNAL("learnt from an external peer"),
    LOWER_INTERIOR_COST("nearer next hop"),
    LOWER_ROUTER_ID("lower router id, or originator id"),
    SHORTER_CLUSTER_LIST("shorter cluster list"),
    LOWER_PEER_ADDRESS("lower peer address"),
    /// Nothing tells the two apart: the one that was there stays.
    EQUAL("equal");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
