using System.Text.Json.Nodes;

namespace Gateway.Cli.Tests.Commands.Runs;

public sealed class RunCommandsTests : IDisposable
{
    private const string Pack = "gait-out/runpack_run_demo.zip";
    private const string Key = "--public-key gait-out/demo_public.key";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Demo_FromNothing_EndsInAVerifiedPackAndItsFooter()
    {
        var output = (await _folder.RunAsync("demo")).Ended(0).Output;
        Assert.Contains("run_id=run_demo\n", output, StringComparison.Ordinal);
        Assert.Contains("bundle=./" + Pack, output, StringComparison.Ordinal);
        Assert.Matches("ticket_footer=GAIT run_id=run_demo manifest=sha256:[0-9a-f]{64} verify=\"gait verify run_demo\"\n", output);
        Assert.Contains("verify=ok\n", output, StringComparison.Ordinal);

        var data = (await _folder.RunAsync($"verify run_demo {Key} --require-signature --json")).Ended(0).Data();
        Assert.Equal(
            ("run_demo", 4, "verified"),
            (
                data.GetProperty("run_id").GetString(),
                data.GetProperty("files_checked").GetInt32(),
                data.GetProperty("signature_status").GetString()
            )
        );
        (await _folder.RunAsync($"trace verify gait-out/traces {Key}")).Ended(0);
    }

    [Fact]
    public async Task Demo_Twice_WritesTheSameBytes()
    {
        (await _folder.RunAsync("demo --json")).Ended(0).Data();
        var first = Everything();
        (await _folder.RunAsync("demo")).Ended(0);
        Assert.Equal(first, Everything());
    }

    [Fact]
    public async Task Verify_WithoutAKey_SaysThatSignaturesWereSkipped()
    {
        await _folder.RunAsync("demo");
        Assert.Equal(
            "skipped",
            (await _folder.RunAsync("verify run_demo --json")).Ended(0).Data().GetProperty("signature_status").GetString()
        );
        (await _folder.RunAsync("verify run_demo --profile strict")).Ended(2);
    }

    [Fact]
    public async Task EveryView_OfAPackWithControlCharacters_ShowsThemAsTextOnOneLine()
    {
        const string Evil = "x\\u001b[2J\\u009b31m\\u202e\\u2028\\nverify=ok";
        const string Run = """
            {"run": {"run_id": "run_1", "created_at": "2026-02-05T00:00:00Z", "producer_version": "1",
              "env": {"os": "linux", "arch": "x64", "runtime": "agent"}, "timeline": []},
             "intents": [{"intent_id": "EVIL", "tool_name": "EVIL", "args": {}}],
             "results": [{"intent_id": "EVIL", "status": "EVIL", "result": {"verdict": "EVIL", "reason_codes": ["EVIL"]}}],
             "refs": {"receipts": []}}
            """;
        await File.WriteAllTextAsync(_folder.FileOf("run.json"), Run.Replace("EVIL", Evil, StringComparison.Ordinal));
        (await _folder.RunAsync("run record --input run.json")).Ended(0);

        foreach (var command in new[] { "run inspect --from run_1", "run replay run_1", "scout signal --runs run_1", "verify run_1" })
        {
            var run = (await _folder.RunAsync(command)).Ended(0);
            Assert.DoesNotContain(run.Output + run.Error, c => (char.IsControl(c) && c != '\n') || c is '\u202e' or '\u2028');
            Assert.Equal(command == "verify run_1", run.Output.Split('\n').Any(line => line.Trim() == "verify=ok"));
        }

        Assert.Contains("\\u001b[2J", (await _folder.RunAsync("run replay run_1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfAChangedPack_EndsWithTwoAndNamesTheFile()
    {
        await _folder.RunAsync("demo");
        var bytes = await File.ReadAllBytesAsync(_folder.FileOf(Pack));
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(_folder.FileOf(Pack), bytes);

        var problem = (await _folder.RunAsync("verify run_demo --json")).Ended(2).Data().GetProperty("problem");
        Assert.Equal("intents.jsonl", problem.GetProperty("member").GetString());
        foreach (
            var command in new[]
            {
                "run replay run_demo",
                "run inspect --from run_demo",
                "run receipt --from run_demo",
                "run diff run_demo run_demo",
                "regress init --from run_demo",
            }
        )
        {
            Assert.Contains("intents.jsonl", (await _folder.RunAsync(command)).Ended(2).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_WithAnotherKey_EndsWithTwo()
    {
        await _folder.RunAsync("demo");
        await _folder.RunAsync("keys init --out-dir keys --prefix other");
        Assert.Contains(
            "wrong_key",
            (await _folder.RunAsync("verify run_demo --public-key keys/other_public.key")).Ended(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "wrong_key",
            (await _folder.RunAsync("trace verify gait-out/traces --public-key keys/other_public.key")).Ended(2).Error,
            StringComparison.Ordinal
        );
        (await _folder.RunAsync("trace verify gait-out/traces")).Ended(6);
    }

    [Fact]
    public async Task Verify_OfSomethingElse_IsInvalidInput()
    {
        await File.WriteAllTextAsync(_folder.FileOf("notes.txt"), "hello");
        (await _folder.RunAsync("verify notes.txt --json")).Ended(6).Envelope();
        (await _folder.RunAsync("verify run_nowhere --json")).Ended(6).Envelope();
    }

    [Fact]
    public async Task TraceVerify_OfAChainWithAGap_NamesIt()
    {
        await _folder.RunAsync("demo");
        var middle = Directory
            .GetFiles(_folder.FileOf("gait-out/traces"))
            .Single(file => File.ReadAllText(file).Contains("tool.fetch", StringComparison.Ordinal));
        File.Delete(middle);
        Assert.Contains(
            "chain_broken",
            (await _folder.RunAsync($"trace verify gait-out/traces {Key}")).Ended(2).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Record_Signs_AndTheSameRunIsTheSameBytes()
    {
        await File.WriteAllTextAsync(_folder.FileOf("run.json"), Input().ToJsonString());
        await _folder.RunAsync("keys init --out-dir keys");
        var data = (await _folder.RunAsync("run record --input run.json --private-key keys/gait_private.key --json")).Ended(0).Data();
        Assert.Equal("verified", data.GetProperty("signature_status").GetString());
        var first = await File.ReadAllBytesAsync(_folder.FileOf("gait-out/runpack_run_x.zip"));
        await _folder.RunAsync("run record --input run.json --private-key keys/gait_private.key --out again.zip");
        Assert.Equal(first, await File.ReadAllBytesAsync(_folder.FileOf("again.zip")));
        (await _folder.RunAsync("verify again.zip --public-key keys/gait_public.key --require-signature")).Ended(0);
    }

    [Fact]
    public async Task Record_OfAMalformedRun_IsInvalidInput()
    {
        await File.WriteAllTextAsync(_folder.FileOf("run.json"), "{}");
        (await _folder.RunAsync("run record --input run.json --json")).Ended(6).Envelope();
        Assert.False(Directory.Exists(_folder.FileOf("gait-out")));
    }

    [Fact]
    public async Task Diff_OfTwoRuns_EndsWithTwoAndNamesTheFirst()
    {
        await File.WriteAllTextAsync(_folder.FileOf("a.json"), Input().ToJsonString());
        var other = Input();
        other["results"]![0]!["result"]!["hits"] = 4;
        await File.WriteAllTextAsync(_folder.FileOf("b.json"), other.ToJsonString());
        await _folder.RunAsync("run record --input a.json --out a.zip");
        await _folder.RunAsync("run record --input b.json --out b.zip");

        var summary = (await _folder.RunAsync("run diff a.zip b.zip --json")).Ended(2).Data().GetProperty("summary");
        Assert.Equal("i1", summary.GetProperty("changed_results")[0].GetString());
        Assert.False(summary.GetProperty("intents_changed").GetBoolean());
    }

    [Fact]
    public async Task Replay_OfALostResult_EndsWithTwo()
    {
        var input = Input();
        input["results"]!.AsArray().Clear();
        await File.WriteAllTextAsync(_folder.FileOf("a.json"), input.ToJsonString());
        await _folder.RunAsync("run record --input a.json --out a.zip");
        Assert.Equal(
            "i1",
            (await _folder.RunAsync("run replay a.zip --json")).Ended(2).Data().GetProperty("missing_results")[0].GetString()
        );
    }

    [Fact]
    public async Task Keys_ThatDoNotBelongTogether_AreTold()
    {
        await _folder.RunAsync("keys init --out-dir keys --prefix a");
        await _folder.RunAsync("keys init --out-dir keys --prefix b");
        (await _folder.RunAsync("keys verify --private-key keys/a_private.key --public-key keys/a_public.key")).Ended(0);
        (await _folder.RunAsync("keys verify --private-key keys/a_private.key --public-key keys/b_public.key --json")).Ended(2).Envelope();
        (await _folder.RunAsync("keys init --out-dir keys --prefix a")).Ended(6);
        Assert.True(
            OperatingSystem.IsWindows()
                || File.GetUnixFileMode(_folder.FileOf("keys/a_private.key")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
    }

    private static JsonObject Input() =>
        JsonNode
            .Parse(
                """
                {"capture_mode": "raw", "refs": {"receipts": []},
                 "run": {"run_id": "run_x", "created_at": "2026-02-05T00:00:00Z", "producer_version": "1",
                  "env": {"os": "l", "arch": "x", "runtime": "t"}, "timeline": []},
                 "intents": [{"intent_id": "i1", "tool_name": "think", "args": {"q": 1}}],
                 "results": [{"intent_id": "i1", "status": "ok", "result": {"hits": 3}}]}
                """
            )!
            .AsObject();

    private string[] Everything() =>
        [
            .. Directory
                .GetFiles(_folder.FileOf("gait-out"), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => file + Convert.ToHexString(File.ReadAllBytes(file))),
        ];
}
