package org.edgeplex.controller.compute.netns;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgeplex.controller.compute.ProgramRole;
import org.edgeplex.state.rehearsal.Rehearsal;

/// How the programs' JVMs are started.
///
/// @param java the launcher's path
/// @param flags of every program
/// @param usesCaches whether a program with an AOT cache uses it
public record JvmCommand(
        String java, List<String> flags, boolean usesCaches, Map<ProgramRole, Program> programs) {

    /// The first compiler waits for ten times as many calls as it would: a start calls many methods
    /// and few of them often, and to compile those takes the CPU that the start needs, a sixth of
    /// it. What handles packets or routes has been called as often after a few thousand of them.
    private static final List<String> FLAGS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-exports",
                    "java.base/jdk.internal.misc=ALL-UNNAMED",
                    "-XX:+UseSerialGC",
                    "-XX:Tier3InvocationThreshold=2000",
                    "-XX:Tier3MinInvocationThreshold=1000",
                    "-XX:Tier3CompileThreshold=20000",
                    "-Dslf4j.provider=org.edgeplex.state.cli.program.LogProvider");

    /// The control programs do little for long: the first compiler is enough, and starts faster.
    private static final List<String> CONTROL_FLAGS =
            List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");

    /// Not with the cache's profiles of methods (JEP 515): with them the second compiler works on
    /// the hot loop before there is a packet, on the CPU that the start needs: 40 ms of it.
    private static final List<String> DATAPLANE_FLAGS =
            List.of("-Xmx64m", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining");

    /// One kind of program.
    ///
    /// @param flags after those of every program
    public record Program(String classPath, String mainClass, List<String> flags) {
        public Program {
            flags = List.copyOf(flags);
        }
    }

    public JvmCommand {
        flags = List.copyOf(flags);
        programs = Map.copyOf(programs);
    }

    /// The programs of EdgePlex on this process's own JDK and class path.
    public static JvmCommand own() {
        return new JvmCommand(
                System.getProperty("java.home") + "/bin/java",
                FLAGS,
                true,
                Map.of(
                        ProgramRole.DATAPLANE,
                        new Program(
                                classPath("pvm-dataplane"),
                                "org.edgeplex.dataplane.DataplaneMain",
                                DATAPLANE_FLAGS),
                        ProgramRole.CONTROL,
                        new Program(
                                classPath("pvm-control"),
                                "org.edgeplex.pvm.PvmControlMain",
                                CONTROL_FLAGS),
                        ProgramRole.CVM,
                        new Program(classPath("cvm"), "org.edgeplex.cvm.CvmMain", CONTROL_FLAGS)));
    }

    /// A program's own jar, which names those that it needs: whoever looks for a resource opens
    /// each jar of the class path, and ours are many. All of our class path if it is not of jars,
    /// or those that the jar names are not beside it.
    private static String classPath(String program) {
        return classPath(program, System.getProperty("java.class.path"));
    }

    static String classPath(String program, String all) {
        Pattern jar = Pattern.compile(Pattern.quote(program) + "-\\d.*\\.jar");
        for (String entry : all.split(Pattern.quote(File.pathSeparator), -1)) {
            Path name = Path.of(entry).getFileName();
            if (name != null && jar.matcher(name.toString()).matches() && isWhole(Path.of(entry))) {
                return entry;
            }
        }
        return all;
    }

    private static boolean isWhole(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            String needed =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return needed != null
                    && Stream.of(needed.split(" ", -1))
                            .allMatch(name -> Files.exists(file.resolveSibling(name)));
        } catch (IOException e) {
            return false;
        }
    }

    /// The command line of a program.
    public List<String> of(ProgramRole role, List<String> arguments) {
        List<String> cache = usesCaches ? AotCache.of(role, program(role)).flags() : List.of();
        return command(role, cache, program(role).mainClass, arguments);
    }

    /// The same, for a run whose end leaves an AOT cache for later ones.
    ///
    /// @param stores where it first rehearses the use of a store
    public List<String> training(ProgramRole role, List<String> stores, List<String> arguments) {
        List<String> rehearsal = new ArrayList<>(stores);
        rehearsal.add("--");
        rehearsal.add(program(role).mainClass);
        rehearsal.addAll(arguments);
        return command(
                role,
                List.of("-XX:AOTCacheOutput=" + cache(role)),
                Rehearsal.class.getName(),
                rehearsal);
    }

    /// Where the AOT cache of a program is, or would be.
    public Path cache(ProgramRole role) {
        return AotCache.of(role, program(role)).file();
    }

    /// Programs that start as if there were no caches.
    public JvmCommand withoutCaches() {
        return new JvmCommand(java, flags, false, programs);
    }

    private Program program(ProgramRole role) {
        Program program = programs.get(role);
        if (program == null) {
            throw new IllegalStateException("no program for " + role);
        }
        return program;
    }

    private List<String> command(
            ProgramRole role, List<String> cache, String mainClass, List<String> arguments) {
        Program program = program(role);
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(cache);
        command.addAll(flags);
        command.add("-Dedgeplex.startNanos=" + System.nanoTime());
        command.addAll(program.flags);
        command.add("-cp");
        command.add(program.classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }
}
