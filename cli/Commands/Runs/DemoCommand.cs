using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Demonstration;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Rules;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway demo</c>: from nothing to a verified pack, offline. Every run writes the same bytes.</summary>
internal sealed class DemoCommand(CommandConfiguration configuration)
    : LeafCommand(configuration, "demo", "Make a small signed runpack with its policy and traces, and verify it; offline.", "gateway demo")
{
    private static readonly string PublicKeyFile = Path.Combine(ArtifactPaths.Folder, "demo_public.key");

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var demo = DemoRun.Make();
        WriteRest(demo);
        var bundle = Path.Combine(ArtifactPaths.Folder, ArtifactPaths.PackName(DemoRun.RunId));
        var written = WrittenPack.Write(demo.Recording, DemoRun.Key, bundle);
        string[] next =
        [
            $"gateway verify {DemoRun.RunId} --public-key {PublicKeyFile}",
            $"gateway run inspect --from {DemoRun.RunId}",
            $"gateway regress bootstrap --from {DemoRun.RunId} --policy "
                + $"{Path.Combine(ArtifactPaths.Folder, "demo_policy.yaml")} --intents "
                + $"{Path.Combine(ArtifactPaths.Folder, "demo_intents")}",
        ];
        var data = new JsonObject
        {
            ["mode"] = "standard",
            ["run_id"] = DemoRun.RunId,
            ["bundle"] = bundle,
            ["ticket_footer"] = written.Footer,
            ["verify"] = "ok",
            ["signature_key_id"] = DemoRun.Key.PublicKey.KeyId,
            ["policy_verdict"] = RuleVerdicts.Word(demo.Last.Verdict),
            ["matched_rule"] = string.Join(',', demo.Last.MatchedRules),
            ["reason_codes"] = demo.Last.ReasonCodes.ToJson(),
            ["next_commands"] = next.Select(ProgramName.In).ToJson(),
            ["duration_ms"] = (long)TimeProvider.System.GetElapsedTime(start).TotalMilliseconds,
        };
        return Task.FromResult(
            CommandResult.Ok(
                data,
                [
                    $"run_id={DemoRun.RunId}",
                    $"bundle=./{bundle}",
                    $"ticket_footer={written.Footer}",
                    "verify=ok",
                    .. next.Select(command => "next: " + command),
                ]
            )
        );
    }

    private static void WriteRest(DemoRun demo)
    {
        ArtifactFile.Write(PublicKeyFile, Encoding.ASCII.GetBytes(DemoRun.Key.PublicKey + "\n"));
        ArtifactFile.Write(Path.Combine(ArtifactPaths.Folder, "demo_policy.yaml"), Encoding.UTF8.GetBytes(DemoRun.PolicyText));
        for (var i = 0; i < demo.Requests.Count; i++)
        {
            ArtifactFile.Write(Path.Combine(ArtifactPaths.Folder, "demo_intents", $"intent_{i + 1}.json"), demo.Requests[i]);
            ArtifactFile.Write(
                Path.Combine(ArtifactPaths.Folder, "traces", $"trace_{demo.Traces[i].TraceId}.json"),
                demo.Traces[i].Bytes.Span
            );
        }
    }
}
