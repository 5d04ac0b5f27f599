using System.Text;
using Gateway.Evidence.Records;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Records;

public sealed class JournalRecordTests
{
    private static readonly Intent Intent = new()
    {
        Tenant = Id<Tenant>.Parse("acme"),
        Workspace = Id<Workspace>.Parse("support"),
        Agent = Id<Agent>.Parse("assistant"),
        Strength = AuthStrength.Signed,
        Door = Door.OpenAi,
        Connector = Id<Connector>.Parse("openai"),
        Operation = Id<Operation>.Parse("chat"),
        Model = "gpt-4o",
        Session = "run-7",
        Data = DataClasses.Pii | DataClasses.Internal,
        Environment = DeploymentEnvironment.Staging,
        Target = new IntentTarget(
            "POST",
            "https://api.example.com:443",
            "/v1/chat?user=jane@example.com",
            Sha256Digest.Compute(default),
            Sha256Digest.Compute("body"u8)
        ),
    };

    private static readonly DecisionRecord Full = new()
    {
        DecisionId = "d-1",
        RequestId = "r-1",
        Intent = Intent,
        Decision = new Decision
        {
            Verdict = Verdict.Degrade,
            Severity = Severity.Medium,
            Reasons = [ReasonCode.AtfBoundary],
            Path =
            [
                new PathEntry(
                    Control.AgentRegistration,
                    CheckOutcome.Pass,
                    ReasonCode.None,
                    "agent=assistant",
                    new SourcePosition("agents.yaml", 3, 1)
                ),
                new PathEntry(Control.AtfBoundary, CheckOutcome.Fail, ReasonCode.AtfBoundary, "level=L2 \"quoted\"", null),
            ],
            Obligations = new Obligations(LogDetailed: true, DryRun: true, MaxTokens: 100),
            OpensIncident = true,
        },
        Facts = new Facts(LifecycleStatus.Active, new DateTimeOffset(2030, 1, 31, 9, 30, 0, TimeSpan.FromHours(1)), AtfLevel.L1),
        Snapshot = Sha256Digest.Compute("snapshot"u8),
        Owner = "jo",
        Level = AtfLevel.L2,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        KeyId = "acme.key-1",
        TokenId = "t-1",
        Credential = new CredentialReference("local", "openai/key", ""),
        ContentLength = 42,
    };

    [Fact]
    public void Decision_WithEverything_IsWrittenInOneForm()
    {
        var empty = Sha256Digest.Compute(default);
        var expected = $$"""
            {"agent":"assistant","auth_strength":"signed","connector":"openai","content_length":42,"credential":"vault://local/openai/key",
            "data":["internal","pii"],"decision_id":"d-1","door":"openai","environment":"staging",
            "facts":{"level":"L1","now":"2030-01-31T08:30:00.000Z","status":"active"},"judged_level":"unassigned",
            "key_id":"acme.key-1","level":"L2",
            "model":"gpt-4o","obligations":{"dry_run":true,"log_detailed":true,"max_tokens":100},
            "opens_incident":true,"operation":"chat","owner":"jo",
            "path":[{"control":1,"inputs":"agent=assistant","outcome":"pass","source":"agents.yaml:3:1"},
            {"control":5,"inputs":"level=L2 \"quoted\"","outcome":"fail","reason":"atf_boundary"}],
            "read":{},"reasons":["atf_boundary"],"request_id":"r-1","session":"run-7","severity":"medium","snapshot":"{{Full.Snapshot}}",
            "target":{"authority":"https://api.example.com:443","content_digest":"{{Sha256Digest.Compute(
                "body"u8
            )}}","headers_digest":"{{empty}}","method":"POST",
            "path":"/v1/chat","query_digest":"{{Sha256Digest.Compute("user=jane@example.com"u8)}}"},
            "tenant":"acme","token_id":"t-1","trace_id":"0af7651916cd43dd8448eb211c80319c","verdict":"degrade","workspace":"support"}
            """;

        Assert.Equal(expected.Replace("\n", "", StringComparison.Ordinal), BodyOf(Full));
    }

    [Fact]
    public void Decision_Query_IsNotInClear() => Assert.DoesNotContain("jane", BodyOf(Full), StringComparison.Ordinal);

    [Fact]
    public void Granted_HasWhatDiffersFromTheJudgedAndNothingElse()
    {
        var (target, other) = (Intent.Target, Sha256Digest.Compute("other"u8));
        Assert.Equal("", GrantedIn(Intent));
        Assert.Equal(
            "",
            GrantedIn(
                Intent with
                {
                    HostedTools = [.. Intent.HostedTools],
                    Target = target with { Content = new Sha256Digest(BytesOf(target.Content)) },
                }
            )
        );
        Assert.Equal($$"""{"content_digest":"{{other}}"}""", GrantedIn(Intent with { Target = target with { Content = other } }));
        Assert.Equal("""{"hosted_tools":["search"]}""", GrantedIn(Intent with { HostedTools = [Id<Operation>.Parse("search")] }));
        Assert.Equal("""{"model":"gpt-4o-mini"}""", GrantedIn(Intent with { Model = "gpt-4o-mini" }));
        Assert.Equal("""{"operation":"read"}""", GrantedIn(Intent with { Operation = Id<Operation>.Parse("read") }));
        foreach (
            var moved in (IntentTarget[])
                [
                    target with
                    {
                        Method = "GET",
                    },
                    target with
                    {
                        Authority = "https://b",
                    },
                    target with
                    {
                        PathAndQuery = "/",
                    },
                    target with
                    {
                        Headers = other,
                    },
                ]
        )
        {
            Assert.StartsWith(
                $$"""{"target":{"authority":"{{moved.Authority}}","content_digest":""",
                GrantedIn(Intent with { Target = moved }),
                StringComparison.Ordinal
            );
        }
    }

    /// <summary>Or the record would not say that a new part of it was changed.</summary>
    [Fact]
    public void Granted_ComparesEachPartOfATarget() =>
        Assert.Equal(
            ["Authority", "Content", "Headers", "Method", "PathAndQuery"],
            typeof(IntentTarget).GetProperties().Select(part => part.Name).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Decision_WithoutWhatIsOptional_LeavesItOut()
    {
        var bare = Full with
        {
            Intent = Intent with { Model = null, Session = null, Target = Intent.Target with { PathAndQuery = "/" } },
            Decision = new Decision(),
            Facts = default,
            Owner = null,
            TraceId = null,
            TokenId = null,
            Credential = null,
        };

        var body = BodyOf(bare);
        Assert.All(
            ["\"model\"", "\"session\"", "query_digest", "\"owner\"", "trace_id", "token_id", "\"credential\"", "opens_incident"],
            name => Assert.DoesNotContain(name, body, StringComparison.Ordinal)
        );
        Assert.Contains("\"verdict\":\"block\"", body, StringComparison.Ordinal);
        Assert.Contains("\"severity\":\"critical\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Outcome_WithEverything_IsWrittenInOneForm()
    {
        var record = new OutcomeRecord
        {
            DecisionId = "d-1",
            Status = OutcomeStatus.Cut,
            Reason = ReasonCode.ResponseTooLarge,
            HttpStatus = 200,
            Response = Sha256Digest.Compute(default),
            BytesDelivered = 7,
            InputTokens = 11,
            OutputTokens = 13,
            Timings = new OutcomeTimings(1, 2, 3, 4, 10),
        };

        Assert.Equal(
            "{\"bytes_delivered\":7,\"decision_id\":\"d-1\",\"http_status\":200,\"reason\":\"response_too_large\","
                + $"\"response_digest\":\"{Sha256Digest.Compute(default)}\",\"status\":\"cut\","
                + "\"timings_us\":{\"admission\":1,\"credential\":3,\"policy\":2,\"total\":10,\"upstream\":4},"
                + "\"usage\":{\"input_tokens\":11,\"output_tokens\":13}}",
            BodyOf(record)
        );
    }

    [Fact]
    public void KeptBody_IsWrittenInOneForm_OrWhyItWasnt()
    {
        var until = new DateOnly(2030, 2, 1);
        var kept = new KeptBody(BodyForm.Full, until)
        {
            Digest = Sha256Digest.Compute(default),
            Length = 7,
            Cut = true,
        };

        Assert.Contains(
            $",\"kept\":{{\"cut\":true,\"digest\":\"{Sha256Digest.Compute(default)}\",\"form\":\"full\","
                + "\"length\":7,\"until\":\"2030-02-01\"},\"key_id\":",
            BodyOf(Full with { Kept = kept }),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "{\"bytes_delivered\":0,\"decision_id\":\"d-1\","
                + "\"kept\":{\"form\":\"redacted\",\"problem\":\"unredactable\"},\"status\":\"completed\"}",
            BodyOf(
                new OutcomeRecord
                {
                    DecisionId = "d-1",
                    Status = OutcomeStatus.Completed,
                    Kept = new KeptBody(BodyForm.Redacted, until) { Problem = BodyProblem.Unredactable },
                }
            )
        );
        Assert.False(new KeptBody(default, default).IsKept);
    }

    [Fact]
    public void OtherRecords_AreWrittenInOneForm()
    {
        Assert.Equal(
            "{\"agent\":\"assistant\",\"note\":\"n\",\"reason\":\"rate_limited\",\"request_id\":\"r\",\"tenant\":\"acme\"}",
            BodyOf(
                new RefusalRecord
                {
                    RequestId = "r",
                    Tenant = Intent.Tenant,
                    Agent = Intent.Agent,
                    Reason = ReasonCode.RateLimited,
                    Note = "n",
                }
            )
        );
        Assert.Equal(
            "{\"kind\":\"credential_revoked\",\"revision\":\"7\",\"subject\":\"key-1\"}",
            BodyOf(
                new ChangeRecord
                {
                    Kind = GovernedChange.CredentialRevoked,
                    Subject = "key-1",
                    Revision = "7",
                }
            )
        );
        Assert.Equal(
            "{\"bytes_cut\":3,\"outcome_unknown\":[\"a\"],\"outcome_unknown_count\":1}",
            BodyOf(new RecoveryRecord { BytesCut = 3, OutcomeUnknown = ["a"] })
        );
        Assert.Equal(
            "{\"counts\":[{\"count\":2,\"reason\":\"unknown_key\",\"source\":\"::1\"}],\"second\":\"2030-01-01T00:00:00.000Z\"}",
            BodyOf(
                new SystemRefusals
                {
                    Second = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
                    Counts = [new RefusalCount(ReasonCode.UnknownKey, "::1", 2)],
                }
            )
        );
    }

    [Fact]
    public void Record_WithTextThatIsNotUnicode_IsRefused() =>
        Assert.Throws<ArgumentException>(() => BodyOf(Full with { KeyId = "\ud800" }));

    [Fact]
    public void Names_OfEveryValue_AreThereAndDiffer()
    {
        AllDiffer(Enum.GetValues<Verdict>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<Severity>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<AtfLevel>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<AuthStrength>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<Door>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<DeploymentEnvironment>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<LifecycleStatus>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<OutcomeStatus>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<GovernedChange>().Select(v => Vocabulary.Change.Text(v)));
        AllDiffer(Enum.GetValues<BodyForm>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(Enum.GetValues<BodyProblem>().Select(v => Encoding.UTF8.GetString(RecordNames.Of(v))));
        AllDiffer(
            Enum.GetValues<RecordType>().Where(t => t != RecordType.Unspecified).Select(v => Encoding.UTF8.GetString(RecordTypes.NameOf(v)))
        );
        Assert.All(
            Enum.GetValues<RecordType>().Where(t => t != RecordType.Unspecified),
            t => Assert.True(RecordTypes.IsName(RecordTypes.NameOf(t)))
        );
    }

    private static string GrantedIn(Intent granted)
    {
        using var body = System.Text.Json.JsonDocument.Parse(BodyOf(Full with { Granted = granted }));
        return body.RootElement.TryGetProperty("granted", out var found) ? found.GetRawText() : "";
    }

    private static byte[] BytesOf(Sha256Digest digest)
    {
        var bytes = new byte[Sha256Digest.Length];
        digest.CopyTo(bytes);
        return bytes;
    }

    private static void AllDiffer(IEnumerable<string> names)
    {
        var all = names.ToArray();
        Assert.Equal(all.Length, all.Distinct(StringComparer.Ordinal).Count());
    }

    private static string BodyOf(IJournalRecord record)
    {
        var body = RecordBody.Write(record);
        Assert.True(CanonicalJson.IsCanonical(body));
        return Encoding.UTF8.GetString(body);
    }
}
