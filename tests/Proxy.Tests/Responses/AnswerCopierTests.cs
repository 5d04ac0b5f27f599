using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Models;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Intents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Tests.Responses;

/// <summary>What can't be brought about over a real socket on purpose.</summary>
public sealed class AnswerCopierTests
{
    [Fact]
    public async Task Caller_that_reads_nothing_cant_hold_a_stream_that_was_ended()
    {
        using var kill = new CancellationTokenSource();
        var caller = new CallerThatReadsNothing();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseFeature>(caller);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(caller.Body));
        http.Features.Set<IHttpRequestLifetimeFeature>(caller);
        Delivery? concluded = null;
        using var answer = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new MemoryStream("data: one\n\n"u8.ToArray())),
        };
        answer.Content.Headers.Add("Content-Type", "text/event-stream");
        var copying = new AnswerCopier(
            http,
            answer,
            new AnswerPlan
            {
                Door = EveryDoor.Of(Door.Tool),
                Operation = Operation(),
                Metadata = new ResponseMetadata { RequestId = "r1" },
                Reader = null,
                Held = Held(1 << 20),
                Guard = SecretGuard.None,
                Idle = TimeSpan.FromMinutes(1),
                Lifetime = kill.Token,
                Interrupted = () => (Ending.Cut, ReasonCode.Killed, null),
                ConcludeAsync = delivery =>
                {
                    concluded = delivery;
                    return new(true);
                },
            }
        ).CopyAsync().AsTask();

        await caller.Stuck.Task.WaitAsync(OpenDoors.Patience);
        await kill.CancelAsync();

        Assert.Null(await copying.WaitAsync(OpenDoors.Patience));
        Assert.True(caller.Aborted);
        Assert.Equal((Ending.Cut, ReasonCode.Killed, 0), (concluded!.Value.Ending, concluded.Value.Error, concluded.Value.Bytes));
    }

    [Fact]
    public async Task An_answer_for_which_there_is_no_memory_is_withheld_and_recorded_as_cut()
    {
        var http = new DefaultHttpContext();
        Delivery? concluded = null;
        using var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(new byte[1 << 20]) };
        var refusal = await new AnswerCopier(
            http,
            answer,
            new AnswerPlan
            {
                Door = EveryDoor.Of(Door.OpenAi),
                Operation = Operation(),
                Metadata = new ResponseMetadata { RequestId = "r1" },
                Reader = ModelOperations.All[0].Answers(BodyReading.Empty),
                Held = Held(1 << 20), // Half of it is for one agent.
                Guard = SecretGuard.None,
                Idle = TimeSpan.FromMinutes(1),
                Lifetime = CancellationToken.None,
                Interrupted = () => (Ending.Cut, ReasonCode.Killed, null),
                ConcludeAsync = delivery =>
                {
                    concluded = delivery;
                    return new(true);
                },
            }
        ).CopyAsync();

        Assert.Equal(ReasonCode.ResponseTooLarge, refusal?.Reason);
        Assert.Contains("It was done", refusal?.Detail, StringComparison.Ordinal);
        Assert.Equal((Ending.Cut, ReasonCode.ResponseTooLarge, 0), (concluded!.Value.Ending, concluded.Value.Error, concluded.Value.Bytes));
        Assert.False(http.Response.HasStarted);
    }

    private static HeldBytes Held(long most) => new BodyMemory(most).For(NamedAgent.Of("assistant"));

    private static Operation Operation() =>
        new()
        {
            Id = Id<Operation>.Parse("get"),
            Action = ActionType.Read,
            Risk = RiskTier.Low,
            Methods = ["GET"],
            Path = PathTemplate.TryParse("/", out var path) ? path! : throw new InvalidOperationException(),
            Source = new SourcePosition("test", 1, 1),
        };

    /// <summary>Its answer has begun, and its window is full.</summary>
    private sealed class CallerThatReadsNothing : HttpResponseFeature, IHttpRequestLifetimeFeature
    {
        public CallerThatReadsNothing() => Body = new FullWindow(Stuck);

        public TaskCompletionSource Stuck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public new Stream Body { get; }

        public bool Aborted { get; private set; }

        public override bool HasStarted => true;

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => Aborted = true;
    }

    private sealed class FullWindow(TaskCompletionSource stuck) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            stuck.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
