package org.edgeplex.lab.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A number of the kernel's that holds for the whole machine, as sysctl(8) names it.
record KernelSetting(Path file) {
    static KernelSetting of(String name) {
        return new KernelSetting(Path.of("/proc/sys", name.split("\\.", -1)));
    }

    /// Empty where it cannot be read.
    OptionalLong read() {
        // In one piece: the kernel answers a second read of such a file with its end, and who takes
        // it by the byte gets the first digit.
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return OptionalLong.of(Long.parseLong(String.valueOf(reader.readLine())));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /// False where it may not be written, as in a container.
    boolean write(long value) {
        try {
            Files.writeString(file, value + "\n");
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
