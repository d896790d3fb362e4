package org.edgeplex.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The style that no compiler checks, over the sources of all modules.
final class TidyTest {
    private static final int FILE_LINES_MAX = 600;
    private static final int METHOD_LINES_MAX = 60;
    private static final int LINE_COLUMNS_MAX = 100;

    /// A member's first line at one level of indentation, up to its brace.
    private static final Pattern METHOD_END = Pattern.compile("^    (    )?}$");

    private static final Pattern METHOD_START = Pattern.compile("^    (?:    )?[^ /*@}=]+\\(.*$");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void thereAreSourcesToLookAt() throws IOException {
        assertTrue(sources("main").size() > 100);
    }

    @Test
    void filesFitTheirLimit() throws IOException {
        check(
                "main",
                (file, lines) -> lines.size() > FILE_LINES_MAX ? lines.size() + " lines" : "");
        check(
                "test",
                (file, lines) -> lines.size() > FILE_LINES_MAX ? lines.size() + " lines" : "");
    }

    @Test
    void methodsFitOneScreen() throws IOException {
        check("main", (file, lines) -> longMethod(lines));
    }

    @Test
    void linesFitTheirColumns() throws IOException {
        check(
                "main",
                (file, lines) ->
                        firstLine(
                                lines,
                                line ->
                                        line.length() > LINE_COLUMNS_MAX
                                                && !line.contains("http")
                                                && !line.startsWith("import ")));
    }

    @Test
    void onlyTheCommandLinePrints() throws IOException {
        check(
                "main",
                (file, lines) ->
                        file.toString().contains("/cli/")
                                ? ""
                                : firstLine(
                                        lines,
                                        line ->
                                                line.contains("System.out")
                                                        || line.contains("System.err")
                                                        || line.contains("printStackTrace")));
    }

    @Test
    void noTestSleeps() throws IOException {
        // Written so that this line is not found.
        String sleep = "Thread" + ".sleep";
        check("test", (file, lines) -> firstLine(lines, line -> line.contains(sleep)));
    }

    @Test
    void nothingIsLeftToDo() throws IOException {
        Pattern words = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
        for (String kind : List.of("main", "test")) {
            check(kind, (file, lines) -> firstLine(lines, line -> words.matcher(line).find()));
        }
    }

    @Test
    void noUnsafe() throws IOException {
        check(
                "main",
                (file, lines) -> firstLine(lines, line -> line.contains("sun.misc." + "Unsafe")));
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path directory : sources("main").stream().map(Path::getParent).distinct().toList()) {
            Path info = directory.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                silent.add(ROOT.relativize(directory).toString());
            }
        }
        assertEquals(List.of(), silent);
    }

    /// A fixture that no test names is dead.
    @Test
    void everyRecordedFixtureOfTheLabIsUsed() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (Path test : sources("test")) {
            tests.append(Files.readString(test));
        }
        List<String> orphans = new ArrayList<>();
        try (Stream<Path> fixtures = Files.list(Path.of("src/test/resources/recorded"))) {
            fixtures.map(fixture -> fixture.getFileName().toString())
                    .filter(name -> tests.indexOf(name) < 0)
                    .forEach(orphans::add);
        }
        assertEquals(List.of(), orphans);
    }

    /// A rule: what is wrong with the file, or empty text.
    @FunctionalInterface
    private interface Rule {
        String broken(Path file, List<String> lines);
    }

    private static void check(String kind, Rule rule) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : sources(kind)) {
            String what = rule.broken(file, Files.readAllLines(file));
            if (!what.isEmpty()) {
                broken.add(ROOT.relativize(file) + ": " + what);
            }
        }
        assertEquals(List.of(), broken);
    }

    private static String firstLine(List<String> lines, Predicate<String> wrong) {
        for (int i = 0; i < lines.size(); i++) {
            if (wrong.test(lines.get(i))) {
                return "line " + (i + 1) + ": " + lines.get(i).strip();
            }
        }
        return "";
    }

    private static String longMethod(List<String> lines) {
        int start = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (METHOD_END.matcher(line).matches()) {
                if (start > 0 && i + 1 - start > METHOD_LINES_MAX) {
                    return "line " + start + ": a method of " + (i + 2 - start) + " lines";
                }
                start = 0;
            } else if (METHOD_START.matcher(line).matches() && start == 0) {
                boolean isType = line.matches(".*\\b(class|interface|record|enum)\\b.*");
                start = isType || line.endsWith(";") ? 0 : i + 1;
            }
        }
        return "";
    }

    private static List<Path> sources(String kind) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> roots =
                    modules.map(module -> module.resolve("src/" + kind + "/java"))
                            .filter(Files::isDirectory)
                            .sorted()
                            .toList();
            List<Path> sources = new ArrayList<>();
            for (Path root : roots) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
            return sources;
        }
    }
}
