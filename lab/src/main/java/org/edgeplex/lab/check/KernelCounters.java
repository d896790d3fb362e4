package org.edgeplex.lab.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeplex.lab.machine.CommandFailedException;

/// What a kernel counts in a namespace: `/proc/net/snmp` there, a line of names and one of values
/// for each protocol.
record KernelCounters(Map<String, Long> values) {
    KernelCounters {
        values = Map.copyOf(values);
    }

    static KernelCounters parse(String text) {
        Map<String, Long> values = new HashMap<>();
        List<String> lines = text.lines().toList();
        for (int line = 0; line + 1 < lines.size(); line += 2) {
            String[] names = lines.get(line).split(" ", -1);
            String[] numbers = lines.get(line + 1).split(" ", -1);
            if (names.length != numbers.length || !names[0].equals(numbers[0])) {
                throw new CommandFailedException("not what a kernel counts: " + lines.get(line));
            }
            for (int i = 1; i < names.length; i++) {
                values.put(names[0] + names[i], Long.parseLong(numbers[i]));
            }
        }
        return new KernelCounters(values);
    }

    long of(String protocol, String name) {
        Long value = values.get(protocol + ":" + name);
        if (value == null) {
            throw new CommandFailedException("the kernel counts no " + name + " of " + protocol);
        }
        return value;
    }
}
