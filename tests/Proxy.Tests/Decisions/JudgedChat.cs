using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Tests.Doors;
using Gateway.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>A judged model call of the sample governance, made without any of the stages.</summary>
internal static class JudgedChat
{
    private static readonly Snapshot Snapshot = Compile();

    public static Intent Intent { get; } =
        new()
        {
            Tenant = Id<Tenant>.Parse("demo"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("assistant"),
            Strength = AuthStrength.Signed,
            Door = Door.OpenAi,
            Connector = Id<Connector>.Parse("openai"),
            Operation = Id<Operation>.Parse("chat"),
            Model = "gpt-4o",
            Session = "run-1",
            Data = DataClasses.Internal,
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget(
                "POST",
                "http://127.0.0.1:8081",
                "/v1/chat/completions",
                Sha256Digest.Compute([]),
                Sha256Digest.Compute("{}"u8)
            ),
        };

    /// <param name="bodies">What its connector keeps; null for nothing.</param>
    /// <param name="intent">What is asked for; null for <see cref="Intent"/>.</param>
    public static Judgement Judgement(Verdict verdict, string content = "", BodyRetention? bodies = null, Intent? intent = null)
    {
        var tenant = Snapshot.Find(Intent.Tenant)!;
        var connector = tenant.Connectors[Intent.Connector];
        var agent = new VerifiedAgent
        {
            Tenant = Intent.Tenant,
            Workspace = Intent.Workspace,
            Agent = Intent.Agent,
            Strength = AuthStrength.Signed,
            CredentialId = "k1",
        };
        var http = new DefaultHttpContext();
        var body = RequestBody
            .ReadAsync(
                new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)),
                1000,
                null,
                new BodyMemory(1 << 20).For(agent),
                CancellationToken.None
            )
            .AsTask()
            .GetAwaiter()
            .GetResult();
        Assert.True(body.TryGet(out var judged, out _));
        Assert.True(OutgoingHeaders.From(http.Request.Headers, connector.Operations[0], hasBody: false).TryGet(out var headers, out _));
        var read = new ParsedRequest
        {
            Envelope = Envelope(http),
            Agent = agent,
            Tenant = tenant,
            Intent = intent ?? Intent,
            Connector = bodies is null ? connector : connector with { Bodies = bodies },
            Operation = connector.Operations[0],
            Reading = BodyReading.Empty,
            Body = judged,
            Headers = headers,
        };
        var admission = new AdmissionRequest
        {
            Tenant = Intent.Tenant,
            RequestId = "r1",
            Epoch = 0,
        };
        var admitted = new AdmittedRequest(admission, new AdmissionAnswer(AdmissionOutcome.Admitted), default) { DecisionId = "d1" };
        return new Judgement("d1", new Decision { Verdict = verdict, Level = AtfLevel.L4 }, default, read, admitted);
    }

    private static RequestEnvelope Envelope(HttpContext http) =>
        new()
        {
            Http = http,
            Call = EveryDoor.Chat,
            Lifetime = new RequestLifetimes().Start(http.RequestAborted),
            RequestId = "r1",
            Snapshot = Snapshot,
            RawPath = "/v1/chat/completions",
            RawQuery = "",
            Scheme = "http",
            Authority = "127.0.0.1:8080",
            Started = 0,
        };

    private static Snapshot Compile()
    {
        var files = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml")
            .Select(f => new SourceFile(f, File.ReadAllText(f)));
        return SnapshotCompiler.Compile([.. files]).Value!;
    }
}
