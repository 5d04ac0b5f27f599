using Gateway.Testing.Recorder;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Gateway.Cli.Tests.Touring;

/// <summary>
/// Has a built assembly tell of each line of its source that it comes to and of each digest that it computes, and changes nothing else.
/// </summary>
internal static class Instrumentation
{
    /// <param name="path">With its debug information beside it, which is of no use afterwards.</param>
    /// <param name="lines">Gets those of this assembly; a line is told of by its number there.</param>
    public static void Add(string path, SourceLines lines)
    {
        using var module = ModuleDefinition.ReadModule(path, new ReaderParameters { ReadSymbols = true, InMemory = true });
        var hit = module.ImportReference(typeof(Recording).GetMethod(nameof(Recording.Hit)));
        var digest = module.ImportReference(typeof(Recording).GetMethod(nameof(Recording.Digest)));
        var methods = module.GetTypes().SelectMany(type => type.Methods);
        foreach (var method in methods.Where(method => method.DebugInformation.HasSequencePoints))
        {
            Add(method, hit, lines);
            AddDigests(method, digest);
        }

        module.Write(path);
    }

    private static void Add(MethodDefinition method, MethodReference hit, SourceLines lines)
    {
        var instructions = method.Body.Instructions.ToDictionary(instruction => instruction.Offset);
        method.Body.SimplifyMacros(); // What is added may put the target of a short branch out of its reach.
        var code = method.Body.GetILProcessor();
        foreach (var point in method.DebugInformation.SequencePoints)
        {
            if (lines.NumberOf(point) is { } line)
            {
                Insert(code, instructions[point.Offset], hit, line);
            }
        }

        method.Body.OptimizeMacros();
    }

    private static void AddDigests(MethodDefinition method, MethodReference digest)
    {
        method.Body.SimplifyMacros();
        var code = method.Body.GetILProcessor();
        foreach (var call in method.Body.Instructions.Where(ComputesADigest).ToList())
        {
            code.InsertAfter(call, code.Create(OpCodes.Call, digest));
        }

        method.Body.OptimizeMacros();
    }

    /// <summary>SHA-256 and HMAC with it, at once or at the end of pieces: the base library has no other that is used.</summary>
    private static bool ComputesADigest(Instruction instruction) =>
        instruction.Operand is MethodReference { DeclaringType.Namespace: "System.Security.Cryptography" } called
        && (
            called.Name is "HashData" or "TryHashData"
            || (called.DeclaringType.Name == "IncrementalHash" && called.Name.Contains("Get", StringComparison.Ordinal))
        );

    /// <summary>
    /// The instruction becomes the first of the call, and what it was comes behind it: so whatever jumps to it or is bounded by it takes in
    /// the call too.
    /// </summary>
    private static void Insert(ILProcessor code, Instruction instruction, MethodReference hit, int line)
    {
        var original = code.Create(OpCodes.Nop);
        (original.OpCode, original.Operand) = (instruction.OpCode, instruction.Operand);
        (instruction.OpCode, instruction.Operand) = (OpCodes.Ldc_I4, line);
        var call = code.Create(OpCodes.Call, hit);
        code.InsertAfter(instruction, call);
        code.InsertAfter(call, original);
    }
}
