package org.edgeplex.openflow;

import java.util.List;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;

/// Plans of a PE with two attachments, for tests.
public final class Plans {
    public static final String CORE_MAC = "02:00:00:00:00:01";
    public static final CoreSide CORE = new CoreSide("core", "cvm", MacAddress.parse(CORE_MAC));

    /// Every port of [#two].
    public static final List<String> PORTS =
            List.of("core", "cvm", "access1", "pvm1", "access2", "pvm2");

    private Plans() {}

    public static AttachmentSteering attachment(int number) {
        return new AttachmentSteering(
                number, "access" + number, "pvm" + number, 100 + number, VpnLabel.unbound());
    }

    public static AttachmentSteering labelled(int number, int label) {
        return new AttachmentSteering(
                number,
                "access" + number,
                "pvm" + number,
                100 + number,
                VpnLabel.bound(new MplsLabel(label)));
    }

    public static SteeringPlan of(AttachmentSteering... attachments) {
        return new SteeringPlan(CORE, List.of(attachments));
    }

    public static SteeringPlan two() {
        return of(labelled(1, 1001), labelled(2, 1002));
    }
}
