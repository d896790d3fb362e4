package org.edgeplex.openflow;

/// A port as EdgePlex wants it.
public record PortSpec(String name, Kind kind, OfportRequest request, Owner owner) {
    /// OpenFlow's OFPP_MAX is 0xffffff00, Open vSwitch's numbers end at 0xff00.
    static final int OFPORT_MAX = 0xfeff;

    /// IFNAMSIZ less its final zero.
    private static final int NAME_LENGTH_MAX = 15;

    public enum Kind {
        /// A network device that exists already, e.g. one end of a veth.
        SYSTEM,
        /// A device that the switch makes.
        INTERNAL
    }

    /// Which number the port shall have.
    public sealed interface OfportRequest {
        record Any() implements OfportRequest {}

        record Requested(int ofport) implements OfportRequest {
            public Requested {
                if (ofport < 1 || ofport > OFPORT_MAX) {
                    throw new IllegalArgumentException("no port number: " + ofport);
                }
            }
        }
    }

    /// For whom the port is; in the database `external_ids:edgeplex`.
    public sealed interface Owner {
        /// The PE itself: the core link, the CVM.
        record ProviderEdge() implements Owner {}

        record Attachment(long attachmentNumber) implements Owner {}

        /// Not a port of ours. Never in a [PortSpec].
        record Foreign() implements Owner {}
    }

    public PortSpec {
        checkName(name);
        if (owner instanceof Owner.Foreign) {
            throw new IllegalArgumentException("a port that we make is ours: " + name);
        }
    }

    public static PortSpec system(String name, Owner owner) {
        return new PortSpec(name, Kind.SYSTEM, new OfportRequest.Any(), owner);
    }

    public static PortSpec internal(String name, Owner owner) {
        return new PortSpec(name, Kind.INTERNAL, new OfportRequest.Any(), owner);
    }

    public PortSpec withOfport(int ofport) {
        return new PortSpec(name, kind, new OfportRequest.Requested(ofport), owner);
    }

    static void checkName(String name) {
        if (!name.matches("[!-.0-~]{1," + NAME_LENGTH_MAX + "}")) {
            throw new IllegalArgumentException("not a device name: \"" + name + '"');
        }
    }
}
