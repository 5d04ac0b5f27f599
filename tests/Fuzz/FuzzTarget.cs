using Gateway.Fuzz.Tests.Targets;

namespace Gateway.Fuzz.Tests;

/// <summary>A reader of bytes from outside, with what must hold whatever the bytes are.</summary>
/// <param name="Name">As on the command line and in the names of files.</param>
/// <param name="Check">Throws <see cref="BrokenPromiseException"/> where a promise is broken; any other exception is a finding
/// too.</param>
/// <param name="Seeds">What the fuzzer begins with: a few KB.</param>
public sealed record FuzzTarget(string Name, Action<byte[]> Check, Func<IEnumerable<byte[]>> Seeds)
{
    /// <value>Bytes; what is longer isn't looked at, since length is what the other tests try.</value>
    public const int MaxLength = 8192;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("structured-fields", StructuredFieldTarget.Check, () => SeedTexts.Fields),
        new("signature-input", SignatureInputTarget.Check, () => SeedTexts.Signatures),
        new("json", JsonTarget.Check, () => SeedTexts.Json),
        new("query", QueryTarget.Check, () => SeedTexts.Queries),
        new("path", PathTarget.Check, () => SeedTexts.Paths),
        new("media-type", MediaTypeTarget.Check, () => SeedTexts.MediaTypes),
        new("sse", SseTarget.Check, () => SeedTexts.Events),
        new("redaction", RedactionTarget.Check, () => SeedTexts.Personal),
        new("governance", GovernanceTarget.Check, () => SeedFiles.Governance),
        new("cel", CelTarget.Check, () => SeedTexts.Conditions),
        new("agent-key", AgentKeyTarget.Check, () => SeedTexts.Keys),
        new("model-body", ModelBodyTarget.Check, () => SeedTexts.ModelBodies),
        new("batch", BatchTarget.Check, () => SeedTexts.Batches),
        new("mcp-schema", SchemaTarget.Check, () => SeedTexts.Schemas),
        new("intent", IntentTarget.Check, () => SeedFiles.Intents),
        new("journal", JournalTarget.Check, () => Edits.Seeds),
        new("receipt", ReceiptTarget.Check, () => Edits.Seeds),
        new("pack", PackTarget.Check, () => [.. Edits.Seeds, System.Text.Encoding.UTF8.GetBytes(SeedTexts.Recording)]),
    ];

    public static FuzzTarget Find(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}': {string.Join(", ", All.Select(target => target.Name))}.");

    public void Run(byte[] input)
    {
        if (input.Length <= MaxLength)
        {
            Check(input);
        }
    }

    public override string ToString() => Name;
}

/// <summary>Something that must hold for all bytes doesn't hold for these.</summary>
public sealed class BrokenPromiseException(string message) : Exception(message);

/// <summary>What targets say must hold.</summary>
internal static class Promise
{
    public static void That(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }

    public static void Same<T>(T expected, T actual, string promise)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new BrokenPromiseException($"{promise}\nexpected: {expected}\nactual:   {actual}");
        }
    }
}
