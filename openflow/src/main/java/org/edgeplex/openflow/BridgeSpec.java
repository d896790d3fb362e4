package org.edgeplex.openflow;

import java.util.HexFormat;

/// A bridge as EdgePlex wants it: userspace data path (`netdev`), fail mode `secure` (an empty
/// table drops, a lost controller changes nothing), OpenFlow 1.0 and 1.3 to 1.5, no in-band
/// control.
public record BridgeSpec(String name, long datapathId) {
    public BridgeSpec {
        PortSpec.checkName(name);
        if (datapathId == 0) {
            throw new IllegalArgumentException("datapath 0 is not a datapath");
        }
    }

    /// As the database has it: 16 hexadecimal digits.
    public String datapathIdText() {
        return HexFormat.of().toHexDigits(datapathId);
    }
}
