package org.edgeplex.openflow;

import static org.edgeplex.openflow.MatchField.ETH_TYPE_MPLS;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.edgeplex.net.MplsLabel;

/// What the switch of one PE shall do; the table is in `docs/ARCHITECTURE.md`.
///
/// The first table asks who sent the frame, the second which PVM a label belongs to. Two, because a
/// label must not be looked at before the port is known to be the core's or a PVM's: a customer who
/// sends MPLS frames would reach any other customer's VPN (RFC 4364, section 13.1).
public record SteeringPlan(CoreSide core, List<AttachmentSteering> attachments) {
    /// By port: the customers' and the core's frames are told apart.
    public static final int PORT_TABLE = 0;

    /// By top label: MPLS frames of the core and of the PVMs.
    public static final int LABEL_TABLE = 1;

    private static final int EXACT = 300;
    private static final int REFUSE = 210;
    private static final int USUAL = 200;
    private static final int FALLBACK = 100;

    /// The plan's flows in the numbers of a switch, and the ports it does not have.
    public record Resolved(List<Flow> flows, SortedSet<String> missingPorts) {}

    public SteeringPlan {
        attachments = List.copyOf(attachments);
        Set<String> ports = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        Set<MplsLabel> labels = new HashSet<>();
        once(ports, core.corePort(), "port");
        once(ports, core.cvmPort(), "port");
        for (AttachmentSteering attachment : attachments) {
            once(numbers, attachment.attachmentNumber(), "attachment");
            once(ports, attachment.accessPort(), "port");
            once(ports, attachment.pvmPort(), "port");
            attachment.drainingPvmPorts().forEach(port -> once(ports, port, "port"));
            switch (attachment.label()) {
                case VpnLabel.Bound(MplsLabel label) -> once(labels, label, "label");
                case VpnLabel.Unbound() -> {}
            }
        }
    }

    /// A flow is in the result if the switch has all ports that it names.
    public Resolved resolve(Map<String, Integer> ofports) {
        return new Resolution(ofports).run();
    }

    private static <T> void once(Set<T> seen, T value, String kind) {
        if (!seen.add(value)) {
            throw new IllegalArgumentException(kind + " planned twice: " + value);
        }
    }

    /// One translation of names to numbers.
    private final class Resolution {
        private final Map<String, Integer> ofports;
        private final List<Flow> flows = new ArrayList<>();
        private final SortedSet<String> missingPorts = new TreeSet<>();

        Resolution(Map<String, Integer> ofports) {
            this.ofports = ofports;
        }

        Resolved run() {
            OptionalInt corePort = ofport(core.corePort());
            providerEdge(corePort, ofport(core.cvmPort()));
            attachments.forEach(this::attachment);
            return new Resolved(List.copyOf(flows), missingPorts);
        }

        private OptionalInt ofport(String name) {
            Integer ofport = ofports.get(name);
            if (ofport == null) {
                missingPorts.add(name);
                return OptionalInt.empty();
            }
            return OptionalInt.of(ofport);
        }

        private void providerEdge(OptionalInt corePort, OptionalInt cvmPort) {
            long cookie = Cookies.ofProviderEdge();
            if (corePort.isPresent()) {
                MatchField fromCore = new MatchField.InPort(corePort.getAsInt());
                add(PORT_TABLE, USUAL, cookie, plainMpls(fromCore), toLabels());
                // A label that nobody has bound: never back to where it came from.
                add(LABEL_TABLE, USUAL, cookie, List.of(fromCore));
                add(LABEL_TABLE, FALLBACK, cookie, List.of(mpls()), output(corePort.getAsInt()));
            }
            if (corePort.isPresent() && cvmPort.isPresent()) {
                int coreNumber = corePort.getAsInt();
                int cvmNumber = cvmPort.getAsInt();
                add(PORT_TABLE, FALLBACK, cookie, from(coreNumber), output(cvmNumber));
                add(PORT_TABLE, FALLBACK, cookie, from(cvmNumber), output(coreNumber));
            }
        }

        private void attachment(AttachmentSteering attachment) {
            long cookie = Cookies.ofAttachment(attachment.attachmentNumber());
            OptionalInt access = ofport(attachment.accessPort());
            OptionalInt pvm = ofport(attachment.pvmPort());
            if (access.isPresent() && pvm.isPresent()) {
                fromCustomer(attachment, cookie, access.getAsInt(), pvm.getAsInt());
            }
            if (pvm.isPresent()) {
                fromPvm(attachment, cookie, pvm.getAsInt(), access);
                toPvm(attachment, cookie, pvm.getAsInt());
            }
            for (String drainingPort : attachment.drainingPvmPorts()) {
                OptionalInt draining = ofport(drainingPort);
                if (draining.isPresent()) {
                    fromPvm(attachment, cookie, draining.getAsInt(), access);
                }
            }
        }

        private void fromCustomer(AttachmentSteering attachment, long cookie, int access, int pvm) {
            MatchField fromAccess = new MatchField.InPort(access);
            add(PORT_TABLE, REFUSE, cookie, List.of(fromAccess, mpls()));
            add(
                    PORT_TABLE,
                    USUAL,
                    cookie,
                    List.of(fromAccess, new MatchField.Untagged()),
                    new FlowAction.PushVlan(),
                    new FlowAction.SetVlanId(attachment.vlanId()),
                    output(pvm));
        }

        private void fromPvm(
                AttachmentSteering attachment, long cookie, int pvm, OptionalInt access) {
            MatchField fromPvm = new MatchField.InPort(pvm);
            add(PORT_TABLE, USUAL, cookie, plainMpls(fromPvm), toLabels());
            if (access.isPresent()) {
                add(
                        PORT_TABLE,
                        USUAL,
                        cookie,
                        List.of(fromPvm, new MatchField.VlanId(attachment.vlanId())),
                        new FlowAction.PopVlan(),
                        output(access.getAsInt()));
            }
        }

        private void toPvm(AttachmentSteering attachment, long cookie, int pvm) {
            switch (attachment.label()) {
                case VpnLabel.Bound(MplsLabel label) ->
                        add(
                                LABEL_TABLE,
                                EXACT,
                                cookie,
                                List.of(
                                        new MatchField.EthDst(core.coreMac()),
                                        mpls(),
                                        new MatchField.TopLabel(label)),
                                output(pvm));
                case VpnLabel.Unbound() -> {}
            }
        }

        private void add(
                int tableId,
                int priority,
                long cookie,
                List<MatchField> match,
                FlowAction... actions) {
            flows.add(new Flow(tableId, priority, cookie, match, List.of(actions)));
        }
    }

    private static List<MatchField> from(int ofport) {
        return List.of(new MatchField.InPort(ofport));
    }

    /// Open vSwitch sees the type behind a tag, so a tagged MPLS frame would match as well.
    private static List<MatchField> plainMpls(MatchField from) {
        return List.of(from, new MatchField.Untagged(), mpls());
    }

    private static MatchField mpls() {
        return new MatchField.EthType(ETH_TYPE_MPLS);
    }

    private static FlowAction toLabels() {
        return new FlowAction.GotoTable(LABEL_TABLE);
    }

    private static FlowAction output(int ofport) {
        return new FlowAction.Output(ofport);
    }
}
