using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Gait.Tests.Artifacts;

/// <summary>Files that were published with their digests and signatures: read here, they have the same.</summary>
public sealed class PublishedArtifactsTests
{
    private static readonly string Root = Repository.Shared("gait");

    [SharedDataFact("gait/index.json")]
    public void Fixtures_HaveTheBytesThatWerePublished()
    {
        var cases = Cases("fixture_byte_digests");
        Assert.NotEmpty(cases);
        Assert.All(cases, one => Assert.Equal(Text(one, "sha256"), DigestOf(Text(one, "file"))));
    }

    [SharedDataFact("gait/index.json")]
    public void ActionContracts_HaveTheBytesAndSignaturesThatWerePublished()
    {
        var cases = Cases("signature_cases").Where(one => one.TryGetProperty("proposal", out _)).ToList();
        Assert.NotEmpty(cases);
        Assert.Contains(cases, one => one.TryGetProperty("activation", out _));
        foreach (var one in cases)
        {
            Assert.Equal(Text(one, "expected_proposal_sha256"), "sha256:" + DigestOf(Text(one, "proposal")));
            if (one.TryGetProperty("activation", out _))
            {
                Assert.Equal(Text(one, "expected_activation_sha256"), "sha256:" + DigestOf(Text(one, "activation")));
                AssertSigned(Text(one, "activation"), Text(one, "public_key"));
            }
        }
    }

    /// <summary>What is signed has an empty id, and an empty signature in its place.</summary>
    private static void AssertSigned(string file, string keyFile)
    {
        Assert.True(ArtifactJson.TryParse(File.ReadAllBytes(Path.Combine(Root, file)), out var json, out var error), error);
        Assert.True(Ed25519PublicKey.TryParse(File.ReadAllText(Path.Combine(Root, keyFile)), out var key));
        var signature = json["signature"]!.DeepClone().AsObject();
        json["artifact_id"] = "";
        json["signature"] = new JsonObject
        {
            ["alg"] = "",
            ["key_id"] = "",
            ["sig"] = "",
        };

        Assert.Null(ArtifactSignature.Check(signature, ArtifactJson.Digest(json), key, file));
        json["target"] = "target:other";
        Assert.NotNull(ArtifactSignature.Check(signature, ArtifactJson.Digest(json), key, file));
    }

    private static string DigestOf(string file) => Sha256Digest.Compute(File.ReadAllBytes(Path.Combine(Root, file))).ToString();

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static List<JsonElement> Cases(string group)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "index.json")));
        return [.. index.RootElement.GetProperty(group).EnumerateArray().Select(one => one.Clone())];
    }
}
