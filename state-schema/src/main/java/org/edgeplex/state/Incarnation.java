package org.edgeplex.state;

/// The right to write: one life of one holder (a program of an instance, such as `pvm-7/control`).
///
/// A write that carries an incarnation is accepted only while the `leases` record of the holder has
/// the same epoch. Who claims or fences a holder raises its epoch: from then on nothing of the
/// earlier life is accepted, whatever it had in flight (RAMCloud's "zombies").
public record Incarnation(String holder, long epoch) {
    /// Writes without fencing: only for what is done by hand (tools) and for claiming a lease
    /// itself.
    public static final Incarnation UNFENCED = new Incarnation("", 0);

    public boolean isFenced() {
        return !holder.isEmpty();
    }

    @Override
    public String toString() {
        return isFenced() ? holder + "#" + epoch : "unfenced";
    }
}
