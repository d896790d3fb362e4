package org.edgeplex.state;

/// What a later release has added to a record that this program read: it does not understand it,
/// and must not lose it when it writes the record again.
///
/// @param layoutVersion of the record that was read
/// @param octets behind the fields that this program knows
public record LaterFields(int layoutVersion, Bytes octets) {
    public static final LaterFields NONE = new LaterFields(0, Bytes.EMPTY);
}
