using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Canonical;

namespace Gateway.Gait.Packs;

/// <summary>Reads one record of a pack: an object in canonical form, of a shape and of the pack's run.</summary>
internal static class PackRecord
{
    public static JsonObject Read(ReadOnlySpan<byte> json, string member, int? record, ArtifactShape shape, string? runId)
    {
        if (!CanonicalJson.IsCanonical(json) || !ArtifactJson.TryParse(json, out var value, out _))
        {
            throw Refused(ProblemCodes.NotCanonical, "It isn't one JSON object in canonical form (RFC 8785).");
        }

        if (value.Text("schema_version") is { Length: > 0 } version && version != ArtifactShape.Version)
        {
            throw Refused(ProblemCodes.MixedVersions, $"Its 'schema_version' isn't {ArtifactShape.Version}, as the pack's is.");
        }

        if (shape.Check(value) is { } problem)
        {
            throw Refused(ProblemCodes.Schema, problem);
        }

        return runId is null || value.Text("run_id") == runId
            ? value
            : throw Refused(ProblemCodes.OtherRun, "It belongs to another run than the manifest's.");

        ArtifactRefusedException Refused(string code, string detail) => new(new ArtifactProblem(code, member, detail) { Record = record });
    }
}
