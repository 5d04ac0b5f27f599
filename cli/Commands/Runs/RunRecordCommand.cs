using System.CommandLine;
using System.Text;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Packs;
using Gateway.Gait.Packs.Archives;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway run record</c>: makes a runpack of what a run's records say.</summary>
internal sealed class RunRecordCommand : LeafCommand
{
    private const int NameDigits = 16;

    private readonly Option<string> _input = new("--input")
    {
        Description = "The records, as JSON: run, intents, results, refs.",
        HelpName = "file",
    };

    private readonly Option<string> _journal = new("--journal")
    {
        Description = "In place of --input: a journal's folder (one tenant's, or one log's), out of which a session is recorded.",
        HelpName = "folder",
    };

    private readonly Option<string> _session = new("--session")
    {
        Description = "The session's name, as agents send it in Gateway-Session.",
        HelpName = "name",
    };

    private readonly Option<string> _run = new("--run-id")
    {
        Description = "The run's name; run_session_ and a digest of the session's name where it isn't given.",
        HelpName = "run",
    };

    private readonly Option<string> _logKeys = new("--keys")
    {
        Description = "Public keys that the journal is checked with: /.well-known/jwks.json of its instances.",
        HelpName = "file",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = $"The pack to write; {ArtifactPaths.Folder}/runpack_<run>.zip where it isn't given.",
        HelpName = "file",
    };

    private readonly SigningKeyOptions _keys = new();

    public RunRecordCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "record",
            "Make a runpack of a run's records.",
            "gateway run record --input run.json --private-key gait-out/keys/gait_private.key"
        )
    {
        Add(_input);
        Add(_journal);
        Add(_session);
        Add(_run);
        Add(_logKeys);
        Add(_out);
        Add(_keys.PrivateKey);
        Add(_keys.PrivateKeyEnv);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key = _keys.ReadPrivate(parsed, Configuration);
        var recording = Recording(parsed, cancellationToken);
        DemandExport(recording);
        var path = parsed.GetValue(_out) ?? Path.Combine(ArtifactPaths.Folder, ArtifactPaths.PackName(recording.RunId));
        var written = WrittenPack.Write(recording, key, path);
        return Task.FromResult(
            CommandResult.Ok(
                new()
                {
                    ["run_id"] = recording.RunId,
                    ["bundle"] = path,
                    ["manifest_digest"] = written.Pack.ManifestDigest,
                    ["signature_status"] = key is null ? "missing" : "verified",
                    ["signature_key_id"] = key?.PublicKey.KeyId ?? "",
                    ["ticket_footer"] = written.Footer,
                },
                $"run_id={recording.RunId}",
                $"bundle={path}",
                $"ticket_footer={written.Footer}"
            ) with
            {
                Warnings =
                [
                    .. recording.Warnings,
                    .. key is null ? ["The pack isn't signed: name a key with --private-key."] : Array.Empty<string>(),
                ],
            }
        );
    }

    private RunRecording Recording(ParseResult parsed, CancellationToken cancellationToken) =>
        (parsed.GetValue(_input), parsed.GetValue(_journal), parsed.GetValue(_session)) switch
        {
            ({ } input, null, null) => RunRecordingReader.Read(ArtifactFile.Read(input, PackLimits.ArchiveBytes)),
            (null, { } journal, { Length: > 0 } session) => SessionRecording.Read(
                journal,
                KeyFileOptions.Read(parsed.GetValue(_logKeys)),
                session,
                parsed.GetValue(_run) ?? NameOf(session),
                cancellationToken
            ),
            _ => throw new InvalidInputException(
                "It needs records or a session of a journal, and not both.",
                "Give --input FILE, or --journal DIR and --session NAME."
            ),
        };

    /// <summary>Of the journal's tenant. Records in a file say no tenant, and where no instance is set up there is none to ask.</summary>
    private void DemandExport(RunRecording recording)
    {
        if (recording.Tenants.Count > 0 && Configuration.HasInstance)
        {
            var entitlements = TenantEntitlements.Of(LocalInstance.Open(Configuration));
            foreach (var tenant in recording.Tenants)
            {
                entitlements.Demand(Id<Tenant>.Parse(tenant), Entitlement.Export, $"a pack of the run {recording.RunId}");
            }
        }
    }

    /// <summary>A session's name may hold what a run's can't.</summary>
    private static string NameOf(string session) =>
        $"run_session_{Sha256Digest.Compute(Encoding.UTF8.GetBytes(session)).ToString()[..NameDigits]}";
}
