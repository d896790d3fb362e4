package org.edgeplex.dataplane.forward;

/// Is told of each decision of the long way, in the order in which they are taken.
///
/// This one does nothing; as long as no other is loaded, the compiler leaves its calls out. The
/// short way of ordinary packets tells nothing: whoever traces takes the long one, which tests hold
/// to the same result.
public class Tracer {
    static final Tracer NONE = new Tracer();

    /// For one that does more.
    protected Tracer() {}

    /// A frame in the access's VLAN.
    public void fromCustomer(int vlan, int etherType) {}

    /// A frame with labels.
    public void fromCore(int frameBytes) {}

    /// The MAC address is one that the access listens to.
    public void addressed(long mac) {}

    /// A label was found and taken off.
    public void popped(int label, int trafficClass, int ttl, boolean isBottom) {}

    /// The label taken off leads on through the core.
    public void switched(int adjacency, int ttl) {}

    /// Version, lengths and, of IPv4, the checksum are right.
    public void headerValid(int version) {}

    /// There are rules for this direction.
    public void ruled(Direction direction, boolean isPermitted) {}

    /// There is a policer for this direction.
    ///
    /// @param color as [Meter] has it
    public void policed(Direction direction, int color) {}

    /// The packet joins those that are to be routed.
    ///
    /// @param ttl with which it will leave
    public void toBeRouted(int ttl) {}

    /// The lookup's answer, negative for none.
    public void found(int destination, int route) {}

    /// The same in IPv6.
    public void foundIpv6(long high, long low, int route) {}

    /// The route leads to a group, and the flow's bucket to one of it.
    public void chosen(int group, int adjacency) {}

    /// The packet fits, or does not.
    public void measured(int bytes, int mtuBytes) {}

    /// The packet was cut.
    public void fragmented(int count) {}

    /// The labels of the adjacency were put on.
    public void pushed(int adjacency, int trafficClass, int ttl) {}

    /// The packet goes to a neighbour, or waits for it if nothing is known of it yet.
    public void neighbour(boolean isKnown) {}

    /// A packet that says why another one was dropped.
    public void errorOriginated(Counter reason, int type, int code) {}

    /// The packet goes nowhere.
    public void dropped(Counter reason) {}

    /// The packet is for the kernel beside us.
    public void toKernel() {}

    /// The packet goes to the wire.
    public void toWire() {}
}
