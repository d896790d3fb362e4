package org.edgeplex.lab.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A flow as `ovs-ofctl dump-flows` writes it.
final class FlowText {
    private static final Pattern DURATION = Pattern.compile("duration=([\\d.]+)s");

    private FlowText() {}

    static double durationSeconds(String flow) {
        Matcher matcher = DURATION.matcher(flow);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }
}
