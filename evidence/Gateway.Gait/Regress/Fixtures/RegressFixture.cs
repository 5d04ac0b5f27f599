using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Regress.Fixtures;

/// <summary>What a run is expected to be, again and again: <c>fixtures/&lt;name&gt;/fixture.json</c>.</summary>
public sealed record RegressFixture
{
    public const string FileName = "fixture.json";
    public const string PackName = "runpack.zip";

    public required string Name { get; init; }
    public required string RunId { get; init; }

    /// <summary>
    /// The recorded pack's manifest digest, so that another pack can't take its place; empty where the fixture doesn't say.
    /// </summary>
    public string ManifestDigest { get; init; } = "";
    public int ExpectedReplayExitCode { get; init; }

    /// <summary>Null where the fixture doesn't say.</summary>
    public IReadOnlyList<string>? ExpectedTools { get; init; }
    public IReadOnlyList<string>? ExpectedVerdicts { get; init; }

    /// <summary>Another run of the same, below the fixture's folder or absolute; empty for none.</summary>
    public string Candidate { get; init; } = "";
    public bool ContextRequired { get; init; }
    public bool AllowRuntimeDrift { get; init; }
    public string ExpectedContextDigest { get; init; } = "";

    /// <summary>The policy's file, from the folder of the configuration; empty for none.</summary>
    public string Policy { get; init; } = "";
    public IReadOnlyList<RegressCase> Cases { get; init; } = [];

    public byte[] ToBytes() =>
        IndentedJson.Write(
            new JsonObject
            {
                ["schema_id"] = FixtureShape.SchemaId,
                ["schema_version"] = ArtifactShape.Version,
                ["name"] = Name,
                ["run_id"] = RunId,
                ["runpack"] = PackName,
                ["manifest_digest"] = ManifestDigest,
                ["expected_replay_exit_code"] = ExpectedReplayExitCode,
                ["expected_tool_sequence"] = (ExpectedTools ?? []).ToJson(),
                ["expected_verdict_sequence"] = (ExpectedVerdicts ?? []).ToJson(),
                ["candidate_runpack"] = Candidate,
                ["context_conformance"] = ContextRequired ? "required" : "none",
                ["allow_context_runtime_drift"] = AllowRuntimeDrift,
                ["expected_context_set_digest"] = ExpectedContextDigest,
                ["policy"] = Policy,
                ["policy_cases"] = new JsonArray([.. Cases.Select(one => one.ToJson())]),
            }
        );

    /// <exception cref="RegressException">It isn't in form.</exception>
    public static RegressFixture Read(ReadOnlySpan<byte> json, string file)
    {
        if (!ArtifactJson.TryParse(json, out var value, out var error) || (error = FixtureShape.Fields.Check(value)) is not null)
        {
            throw new RegressException($"{file}: {error}");
        }

        return new RegressFixture
        {
            Name = value.Text("name"),
            RunId = value.Text("run_id"),
            ManifestDigest = value.Text("manifest_digest"),
            ExpectedReplayExitCode = value["expected_replay_exit_code"]!.GetValue<int>(),
            ExpectedTools = value.ContainsKey("expected_tool_sequence") ? value.Texts("expected_tool_sequence") : null,
            ExpectedVerdicts = value.ContainsKey("expected_verdict_sequence") ? value.Texts("expected_verdict_sequence") : null,
            Candidate = value.Text("candidate_runpack"),
            ContextRequired = value.Text("context_conformance") == "required",
            AllowRuntimeDrift = value["allow_context_runtime_drift"]?.GetValue<bool>() ?? false,
            ExpectedContextDigest = value.Text("expected_context_set_digest"),
            Policy = value.Text("policy"),
            Cases = [.. value.Objects("policy_cases").Select(RegressCase.From)],
        };
    }
}

/// <summary>A set of regression tests can't be read or made. The message says which file and what.</summary>
public sealed class RegressException(string message) : Exception(message);
