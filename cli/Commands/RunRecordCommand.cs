using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Packs;

namespace Gateway.Cli.Commands;

/// <summary><c>gateway run record</c>: makes a runpack of what a run's records say.</summary>
internal sealed class RunRecordCommand : LeafCommand
{
    private readonly Option<string> _input = new("--input") { Description = "The records, as JSON: run, intents, results, refs.", HelpName = "file", Required = true };

    private readonly Option<string> _out = new("--out") { Description = $"The pack to write; {ArtifactPaths.Folder}/runpack_<run>.zip where it isn't given.", HelpName = "file" };

    private readonly SigningKeyOptions _keys = new();

    public RunRecordCommand(CommandConfiguration configuration)
        : base(configuration, "record", "Make a runpack of a run's records.", "gateway run record --input run.json --private-key gait-out/keys/gait_private.key")
    {
        Add(_input);
        Add(_out);
        Add(_keys.PrivateKey);
        Add(_keys.PrivateKeyEnv);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key = _keys.ReadPrivate(parsed, Configuration);
        var recording = RunRecordingReader.Read(ArtifactFile.Read(parsed.GetRequiredValue(_input), PackLimits.ArchiveBytes));
        var path = parsed.GetValue(_out) ?? Path.Combine(ArtifactPaths.Folder, ArtifactPaths.PackName(recording.RunId));
        var written = WrittenPack.Write(recording, key, path);
        return Task.FromResult(CommandResult.Ok(
            new()
            {
                ["run_id"] = recording.RunId,
                ["bundle"] = path,
                ["manifest_digest"] = written.Pack.ManifestDigest,
                ["signature_status"] = key is null ? "missing" : "verified",
                ["signature_key_id"] = key?.PublicKey.KeyId ?? "",
                ["ticket_footer"] = written.Footer,
            },
            $"run_id={recording.RunId}", $"bundle={path}", $"ticket_footer={written.Footer}") with
        {
            Warnings = [.. recording.Warnings, .. key is null ? ["The pack isn't signed: name a key with --private-key."] : Array.Empty<string>()],
        });
    }
}
