package org.edgeplex.controller.compute.netns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmCommandTest {
    @TempDir private Path folder;

    @Test
    void aProgramsOwnJarSufficesWhereThoseThatItNamesAreBesideIt() throws IOException {
        String own = jar("cvm-0.1.jar", "bgp-0.1.jar");
        String all = "/elsewhere/classes" + File.pathSeparator + own;
        assertEquals(all, JvmCommand.classPath("cvm", all), "bgp is not there");
        jar("bgp-0.1.jar", "");
        assertEquals(own, JvmCommand.classPath("cvm", all));
        assertEquals(all, JvmCommand.classPath("pvm-control", all), "no jar of that name");
    }

    @Test
    void aJarThatNamesNoneDoesNotSuffice() throws IOException {
        String own = jar("cvm-0.1.jar", "");
        assertEquals(
                own + File.pathSeparator, JvmCommand.classPath("cvm", own + File.pathSeparator));
    }

    private String jar(String name, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file.toString();
    }
}
