using System.Text.Json.Nodes;
using Gateway.Gait.Traces;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>What a bundle of evidence is about: one run, and everything that belongs to it.</summary>
public sealed record BundleSubject
{
    public required Runpack Run { get; init; }

    /// <summary>The run's pack as it lies.</summary>
    public required ReadOnlyMemory<byte> RunBytes { get; init; }

    /// <summary>The run's decisions, each with its file's content. Their signatures are looked at where a key was given.</summary>
    public IReadOnlyList<(TraceVerification Trace, ReadOnlyMemory<byte> Content)> Traces { get; init; } = [];

    /// <summary>Reports of regression tests, read, with their content.</summary>
    public IReadOnlyList<(JsonObject Report, ReadOnlyMemory<byte> Content)> Regressions { get; init; } = [];
    public IReadOnlyList<ReadOnlyMemory<byte>> Inventories { get; init; } = [];
    public IReadOnlyList<ReadOnlyMemory<byte>> Approvals { get; init; } = [];
    public IReadOnlyList<ReadOnlyMemory<byte>> Credentials { get; init; } = [];
    public string CaseId { get; init; } = "";

    /// <summary>A name of <see cref="ControlTemplates"/>.</summary>
    public required string Template { get; init; }

    /// <summary>From and to, where the evidence was chosen by time; null where it was named.</summary>
    public (string From, string To, long Seconds)? Window { get; init; }
}
