package org.edgeplex.dataplane.interleaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeplex.dataplane.packet.Memory;
import org.edgeplex.dataplane.table.LookupVector;

/// Loads the tables' classes, and the scenarios beside them, with a step before each access to
/// shared memory.
final class SteppedLoader extends ClassLoader {
    private static final String TABLES = "org.edgeplex.dataplane.table.";

    /// Memory that no other thread sees.
    private static final String READERS_OWN = LookupVector.class.getName();

    private static final String MEMORY = Memory.class.getName().replace('.', '/');
    private static final ClassDesc STEPS = ClassDesc.of(Steps.class.getName());
    private static final MethodTypeDesc STEP = MethodTypeDesc.of(ConstantDescs.CD_void);

    private final Set<String> storesLeftOut;

    /// @param storesLeftOut names of volatile fields that are never written: a mistake to be found
    SteppedLoader(Set<String> storesLeftOut) {
        super(SteppedLoader.class.getClassLoader());
        this.storesLeftOut = storesLeftOut;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(TABLES)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file =
                getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] original = file.readAllBytes();
            byte[] stepped = name.equals(READERS_OWN) ? original : step(original);
            return defineClass(name, stepped, 0, stepped.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] step(byte[] original) {
        ClassHierarchyResolver types =
                ClassHierarchyResolver.ofResourceParsing(getParent()).cached();
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(types));
        ClassModel model = files.parse(original);
        Set<String> volatiles =
                model.fields().stream()
                        .filter(field -> field.flags().has(AccessFlag.VOLATILE))
                        .map(field -> field.fieldName().stringValue())
                        .collect(Collectors.toSet());
        return files.transformClass(
                model,
                ClassTransform.transformingMethodBodies(
                        (code, element) -> step(code, element, volatiles)));
    }

    private void step(CodeBuilder code, CodeElement element, Set<String> volatiles) {
        switch (element) {
            case InvokeInstruction call when call.owner().asInternalName().equals(MEMORY) -> {
                String name = call.name().stringValue();
                code.invokestatic(STEPS, name.startsWith("put") ? "store" : "load", STEP);
                code.with(call);
            }
            case FieldInstruction access when volatiles.contains(access.name().stringValue()) ->
                    step(code, access);
            default -> code.with(element);
        }
    }

    private void step(CodeBuilder code, FieldInstruction access) {
        boolean isStore = access.opcode() == Opcode.PUTFIELD;
        if (isStore && storesLeftOut.contains(access.name().stringValue())) {
            boolean isWide = access.typeSymbol().equals(ConstantDescs.CD_long);
            code.with(StackInstruction.of(isWide ? Opcode.POP2 : Opcode.POP)).pop();
        } else {
            code.invokestatic(STEPS, isStore ? "store" : "load", STEP);
            code.with(access);
        }
    }
}
