package org.edgeplex.ldp.wire;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The TLVs of one message; what is mandatory is taken out, the rest are the optional parameters.
///
/// Their number is bounded by the length of a PDU. Optional parameters come in any order (RFC 5036,
/// section 3.5), so mandatory ones are looked for by type, which accepts every correct sender.
final class TlvSet {
    private static final int HEADER_BYTES = 4;

    private final List<Tlv> tlvs = new ArrayList<>();

    static TlvSet decode(OctetReader in) throws Refusal {
        TlvSet set = new TlvSet();
        while (!in.isEmpty()) {
            if (in.remaining() < HEADER_BYTES) {
                throw new Refusal(StatusCode.BAD_TLV_LENGTH, "a TLV header is cut off");
            }
            int typeField = in.u16();
            int length = in.u16();
            if (length > in.remaining()) {
                throw new Refusal(
                        StatusCode.BAD_TLV_LENGTH,
                        "TLV of " + length + " bytes, message has " + in.remaining());
            }
            set.tlvs.add(Tlv.decode(typeField, in.slice(length)));
        }
        return set;
    }

    <T extends Tlv> T require(Class<T> type) throws Refusal {
        return find(type)
                .orElseThrow(() ->
                        new Refusal(
                                StatusCode.MISSING_MESSAGE_PARAMETERS,
                                type.getSimpleName() + " is missing"));
    }

    private <T extends Tlv> Optional<T> find(Class<T> type) {
        for (Iterator<Tlv> each = tlvs.iterator(); each.hasNext(); ) {
            Tlv tlv = each.next();
            if (type.isInstance(tlv)) {
                each.remove();
                return Optional.of(type.cast(tlv));
            }
        }
        return Optional.empty();
    }

    List<Tlv> rest() {
        return List.copyOf(tlvs);
    }
}
