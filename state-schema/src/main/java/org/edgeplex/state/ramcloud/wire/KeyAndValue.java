package org.edgeplex.state.ramcloud.wire;

import org.edgeplex.state.Bytes;

/// What an object holds (`Object.h`): the number of keys, where each ends, the keys, the value.
///
/// ```
/// +----------+----------+-- ... --+------ ... ------+------ ... ------+
/// | count (1)| end 1 (2)| end n(2)| keys (end n)    | value (the rest)|
/// +----------+----------+-- ... --+------ ... ------+------ ... ------+
/// ```
///
/// RAMCloud finds objects by the first key; we write no others.
record KeyAndValue(Bytes key, Bytes value) {
    /// Octets beside key and value where there is one key.
    static final int FIXED_BYTES = Byte.BYTES + Short.BYTES;

    static void encode(FrameWriter out, Bytes key, Bytes value) {
        out.u8(1).u16(key.length()).bytes(key).bytes(value);
    }

    /// Of all that is left of the reader.
    static KeyAndValue decode(FrameReader object) {
        int keyCount = object.u8();
        int keyEnd = keyCount == 0 ? 0 : object.u16();
        int keysEnd = keyEnd;
        for (int i = 1; i < keyCount; i++) {
            int next = object.u16();
            if (next < keysEnd) {
                throw new MalformedReplyException("a key ends before it begins");
            }
            keysEnd = next;
        }
        Bytes key = object.bytes(keyEnd);
        object.bytes(keysEnd - keyEnd);
        return new KeyAndValue(key, object.bytes(object.remaining()));
    }
}
