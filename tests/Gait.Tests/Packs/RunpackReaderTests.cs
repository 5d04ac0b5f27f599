using System.Text;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Archives;
using Gateway.Policy.Model;

namespace Gateway.Gait.Tests.Packs;

/// <summary>Packs whose ZIP file is right and whose content isn't.</summary>
public sealed class RunpackReaderTests
{
    [Fact]
    public void ExtraFile_IsNamed() =>
        AssertRefused(ProblemCodes.ExtraMember, "notes.txt", files => files["notes.txt"] = [1], resign: false);

    [Fact]
    public void MissingFile_IsNamed() =>
        AssertRefused(ProblemCodes.MissingMember, "results.jsonl", files => files.Remove("results.jsonl"), resign: false);

    [Fact]
    public void RequiredFile_ThatTheManifestForgets_IsNamed() =>
        AssertRefused(ProblemCodes.MissingMember, "results.jsonl", files => files.Remove("results.jsonl"));

    [Fact]
    public void NoManifest_IsNamed() =>
        AssertRefused(ProblemCodes.MissingMember, "manifest.json", files => files.Remove("manifest.json"), resign: false);

    [Fact]
    public void ChangedFile_IsNamedWithBothDigests()
    {
        var problem = AssertRefused(ProblemCodes.HashMismatch, "run.json", files => files["run.json"][^2] ^= 1, resign: false);
        Assert.Contains("the manifest says", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void ChangedManifest_IsToldByItsDigest() =>
        AssertRefused(
            ProblemCodes.ManifestDigest,
            "manifest.json",
            files => Replace(files, "manifest.json", "\"raw\"", "\"reference\""),
            resign: false
        );

    [Fact]
    public void ManifestWithAnUnknownField_IsToldByItsDigest() =>
        AssertRefused(
            ProblemCodes.ManifestDigest,
            "manifest.json",
            files => Replace(files, "manifest.json", "\"schema_id\"", "\"z\":1,\"schema_id\"", canonical: true),
            resign: false
        );

    [Theory]
    [InlineData("intents.jsonl", "\"1.0.0\"", "\"2.0.0\"", ProblemCodes.MixedVersions)]
    [InlineData("refs.json", "gait.runpack.refs", "gait.runpack.run", ProblemCodes.Schema)]
    [InlineData("intents.jsonl", "\"run_id\":\"run_sample\"", "\"run_id\":\"run_other\"", ProblemCodes.OtherRun)]
    [InlineData("results.jsonl", "\"intent_id\":\"intent_2\"", "\"intent_id\":\"intent_1\"", ProblemCodes.Schema)]
    [InlineData("run.json", "2026-02-05T00:00:00Z", "yesterday", ProblemCodes.Schema)]
    [InlineData("run.json", "\"arch\":\"x64\",", "", ProblemCodes.Schema)]
    [InlineData("run.json", "{\"created_at\"", "{ \"created_at\"", ProblemCodes.NotCanonical)]
    public void Record_ThatIsNotInForm_IsNamed(string file, string from, string to, string code) =>
        AssertRefused(code, file, files => Replace(files, file, from, to));

    [Fact]
    public void Line_ThatIsNotInForm_IsNamedByItsNumber()
    {
        var problem = AssertRefused(
            ProblemCodes.Schema,
            "intents.jsonl",
            files => Replace(files, "intents.jsonl", "\"tool_name\":\"tool.delete\"", "\"tool_name\":\"\"")
        );
        Assert.Equal(2, problem.Record);
        Assert.Contains("record 2", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ThatIsNotEnded_IsRefused() =>
        AssertRefused(ProblemCodes.NotCanonical, "results.jsonl", files => files["results.jsonl"] = files["results.jsonl"][..^1]);

    private static ArtifactProblem AssertRefused(string code, string member, Action<Dictionary<string, byte[]>> change, bool resign = true)
    {
        var files = SampleRun.Read(SampleRun.Pack(SampleRun.Key)).Members.ToDictionary(m => m.Name, m => m.Content.ToArray());
        change(files);
        if (resign)
        {
            Resign(files);
        }

        var reading = RunpackReader.Read(ArchiveWriter.Write(files.Select(file => new PackMember(file.Key, file.Value))));
        Assert.Null(reading.Pack);
        Assert.Equal((code, member), (reading.Problem?.Code, reading.Problem?.Member));
        return reading.Problem!;
    }

    /// <summary>Makes the manifest right again for the files as they are.</summary>
    private static void Resign(Dictionary<string, byte[]> files)
    {
        var manifest = JsonNode.Parse(files["manifest.json"])!.AsObject();
        manifest["files"] = new JsonArray([
            .. files
                .Where(file => file.Key != "manifest.json")
                .OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => new JsonObject { ["path"] = file.Key, ["sha256"] = Sha256Digest.Compute(file.Value).ToString() }),
        ]);
        manifest["manifest_digest"] = ManifestDigests.Compute(manifest).ToString();
        manifest["signatures"] = new JsonArray(ArtifactSignature.Sign(ManifestDigests.Signed(manifest), SampleRun.Key));
        files["manifest.json"] = ArtifactJson.Canonical(manifest);
    }

    private static void Replace(Dictionary<string, byte[]> files, string file, string from, string to, bool canonical = false)
    {
        var text = Encoding.UTF8.GetString(files[file]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        files[file] = canonical ? ArtifactJson.Canonical(JsonNode.Parse(changed)!) : Encoding.UTF8.GetBytes(changed);
    }
}
