using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Traces;

namespace Gateway.Cli.Bundling;

/// <summary>
/// Reads what goes into a bundle. What isn't in form is refused: a bundle of broken evidence would be taken for evidence.
/// </summary>
/// <param name="key">Whose traces count; null takes them as they are, and the bundle says that they weren't verified.</param>
internal sealed class BundleReader(Ed25519PublicKey? key)
{
    private const int MostBytes = 16 * 1024 * 1024;

    public (TraceVerification Trace, ReadOnlyMemory<byte> Content) Trace(string path)
    {
        var content = ArtifactFile.Read(path, TraceVerifier.MaxBytes);
        if (key is not null)
        {
            var verified = TraceVerifier.Verify(content, key, path);
            return verified.Problem is null ? (verified, content) : throw new VerificationFailedException(path, verified.Problem);
        }

        var trace = Object(path, content);
        return trace.Text("schema_id") == "gait.gate.trace"
            ? (new TraceVerification { Trace = trace, Digest = ArtifactJson.DigestWithout(trace, "signature") }, content)
            : throw new InvalidInputException($"'{path}' is no trace.", "Name signed traces only.");
    }

    public (JsonObject Report, ReadOnlyMemory<byte> Content) Report(string path)
    {
        var content = ArtifactFile.Read(path, MostBytes);
        return (Object(path, content), content);
    }

    public ReadOnlyMemory<byte> Evidence(string path) => Report(path).Content;

    private static JsonObject Object(string path, byte[] content) =>
        ArtifactJson.TryParse(content, out var json, out var error)
            ? json
            : throw new InvalidInputException($"{path}: {error}", "Name JSON files that are whole.");
}
