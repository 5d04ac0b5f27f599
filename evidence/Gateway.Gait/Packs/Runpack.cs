using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Gait.Packs;

/// <summary>
/// What one run did, as a pack holds it: every record read and in form. Its digests and names agree; whether somebody signed it is
/// <see cref="RunpackVerifier"/>'s answer. Not to be changed.
/// </summary>
public sealed record Runpack
{
    public const string ManifestName = "manifest.json";
    public const string RunName = "run.json";
    public const string IntentsName = "intents.jsonl";
    public const string ResultsName = "results.jsonl";
    public const string RefsName = "refs.json";

    public required string RunId { get; init; }

    /// <summary>SHA-256 of the manifest, in lower-case hex: the pack's name in tickets.</summary>
    public required string ManifestDigest { get; init; }

    public required JsonObject Manifest { get; init; }
    public required JsonObject Run { get; init; }

    /// <summary>In their order; each id once.</summary>
    public required IReadOnlyList<JsonObject> Intents { get; init; }

    /// <summary>In their order; at most one for an intent.</summary>
    public required IReadOnlyList<JsonObject> Results { get; init; }
    public required JsonObject Refs { get; init; }

    /// <summary>All files, by name.</summary>
    public required IReadOnlyList<PackMember> Members { get; init; }
}

/// <summary>What reading a runpack gave. The zero value is neither, and must be taken for a refusal.</summary>
/// <param name="FilesChecked">How many files of the manifest were found to be what it says, before anything went wrong.</param>
public sealed record RunpackReading(Runpack? Pack, ArtifactProblem? Problem, int FilesChecked)
{
    public bool TryGet([NotNullWhen(true)] out Runpack? pack) => (pack = Problem is null ? Pack : null) is not null;
}

/// <summary>
/// The one line that goes into a ticket, in the form that tools of Gait's format look for, its program's name included. <c>gateway
/// verify</c> takes the same run and the same pack.
/// </summary>
public static class TicketFooter
{
    public static string Format(Runpack pack) =>
        $"GAIT run_id={pack.RunId} manifest=sha256:{pack.ManifestDigest} verify=\"gait verify {pack.RunId}\"";
}
