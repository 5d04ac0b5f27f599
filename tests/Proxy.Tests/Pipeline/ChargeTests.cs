using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Proxy.Pipeline;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Tests.Pipeline;

/// <summary>What a model call is charged, and what of it a budget can lose at most.</summary>
public sealed class ChargeTests
{
    private const int Offered = 1000;

    private static readonly BodyReading Asked = new()
    {
        InputTokens = 10,
        MaxTokens = 100,
        Choices = 2,
    };

    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    /// <summary>Of whatever stream, cut wherever, for whatever reason.</summary>
    [Fact]
    public void Charge_is_never_below_what_came_nor_the_last_count_and_never_above_the_reservation() =>
        Prop.ForAll(
                SaidStream.Any,
                stream =>
                {
                    var (charged, reading) = Charged(stream);
                    var came = Math.Min(stream.Input, reading.InputTokens) + Estimate(stream.Came);
                    var counted = (long)stream.Input + stream.Output;
                    return charged >= Math.Min(counted, came) && charged <= reading.InputTokens + reading.MostOutput(Offered);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    /// <summary>A count that says next to nothing of all that came.</summary>
    [Fact]
    public void Provider_that_counts_too_little_is_not_believed() =>
        Prop.ForAll(
                SaidStream.Any,
                stream =>
                {
                    var (charged, reading) = Charged(stream with { Output = 0 });
                    return charged >= Math.Min(stream.Input, reading.InputTokens) + (stream.Came.Length / 16);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Budget_is_never_passed_whatever_becomes_of_its_streams() =>
        Prop.ForAll(
                Gen.ListOf(SaidStream.Any.Generator).ToArbitrary(),
                streams =>
                {
                    var budget = new TokenBudget(300, TimeSpan.FromDays(1));
                    var state = new MemoryState(new MemoryStateOptions(), new StoppedClock(), (_, _) => Task.FromResult(0L));
                    state.PrepareAsync([Acme], CancellationToken.None).GetAwaiter().GetResult();
                    return streams.Select((stream, i) => Spend(state, budget, stream, i)).Sum() <= budget.Tokens;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Theory]
    [InlineData(0, 210)] // No answer.
    [InlineData(101, 210)]
    [InlineData(200, 210)]
    [InlineData(204, 210)]
    [InlineData(302, 0)]
    [InlineData(400, 0)]
    [InlineData(408, 210)]
    [InlineData(429, 0)]
    [InlineData(499, 210)]
    [InlineData(500, 0)]
    [InlineData(502, 210)]
    [InlineData(503, 0)]
    [InlineData(504, 210)]
    [InlineData(520, 210)]
    [InlineData(527, 210)]
    [InlineData(529, 0)]
    public void Without_a_count_and_without_output_the_status_decides(int status, long charged) =>
        Assert.Equal(charged, Tokens(status, Ending.Completed, ReasonCode.None, default, default));

    [Theory]
    [InlineData(200, 10)]
    [InlineData(500, 0)]
    [InlineData(504, 210)]
    [InlineData(524, 210)]
    public void What_somebody_on_the_way_says_shows_nothing_of_what_was_done(int status, long charged) =>
        Assert.Equal(charged, Tokens(status, Ending.Completed, ReasonCode.None, default, new OutputSeen(false, ShowsAll: true, 0, 0)));

    [Theory]
    [InlineData(Ending.Completed, ReasonCode.None, 40)]
    [InlineData(Ending.Cancelled, ReasonCode.None, 40)]
    [InlineData(Ending.Cut, ReasonCode.UpstreamFailed, 40)]
    [InlineData(Ending.Cut, ReasonCode.UpstreamTimeout, 40)]
    [InlineData(Ending.Cut, ReasonCode.Killed, 40)]
    [InlineData(Ending.Cut, ReasonCode.Interrupted, 40)]
    [InlineData(Ending.Cut, ReasonCode.ResponseTooLarge, 210)]
    [InlineData(Ending.Cut, ReasonCode.CredentialInAnswer, 210)]
    [InlineData(Ending.Cut, ReasonCode.UpstreamRefusedType, 210)]
    [InlineData(Ending.Cut, ReasonCode.ObligationUnmet, 210)]
    [InlineData(Ending.OutcomeUnknown, ReasonCode.None, 210)]
    [InlineData(Ending.Failed, ReasonCode.InternalError, 210)]
    public void What_came_counts_only_where_all_that_came_was_read(Ending ending, ReasonCode reason, long charged) =>
        Assert.Equal(charged, Tokens(200, ending, reason, default, new OutputSeen(false, ShowsAll: true, 30, 2)));

    [Theory]
    [InlineData(5, 7, true, true, 30, 2, 12)] // The last count.
    [InlineData(5, 900, true, true, 30, 2, 905)] // It is believed above the reservation too.
    [InlineData(5, 1, true, true, 30, 2, 35)] // Plainly more came.
    [InlineData(5, 1, true, false, 30, 2, 205)]
    [InlineData(5, 1, false, true, 30, 2, 35)] // An early count.
    [InlineData(5, 1, false, true, 3000, 2, 205)]
    [InlineData(5, 1, false, true, 3000, 900, 905)]
    [InlineData(5, 900, false, true, 30, 2, 905)]
    [InlineData(null, 7, true, true, 30, 2, 17)]
    [InlineData(5, null, true, true, 0, 0, 5)] // Embeddings.
    public void Count_is_believed_once_it_is_the_last(int? input, int? output, bool last, bool all, long most, long least, long charged) =>
        Assert.Equal(
            charged,
            Tokens(200, Ending.Cancelled, ReasonCode.None, new TokenUsage(input, output), new OutputSeen(last, all, most, least))
        );

    private static long Tokens(int status, Ending ending, ReasonCode reason, TokenUsage usage, OutputSeen seen) =>
        Charge.Tokens(Asked, Offered, new Delivery(ending, status, reason, 0, null, default), usage, seen);

    private static (long Charged, BodyReading Reading) Charged(SaidStream stream)
    {
        var reading = stream.Asked;
        var reader = stream.Operation.Answers(reading);
        foreach (var data in stream.Events.Take(stream.Cut))
        {
            reader.ReadEvent(default, Encoding.UTF8.GetBytes(data));
        }

        return (Charge.Tokens(reading, Offered, stream.End, reader.Usage, reader.Seen), reading);
    }

    /// <summary>The rule, said anew: two letters are a token, and every other byte is one.</summary>
    private static long Estimate(string text)
    {
        var letters = text.Count(char.IsAsciiLetter);
        return Encoding.UTF8.GetByteCount(text) - letters + ((letters + 1) / 2);
    }

    /// <summary>What a call leaves charged; nothing where it isn't admitted.</summary>
    private static long Spend(MemoryState state, TokenBudget budget, SaidStream stream, int number)
    {
        var (charged, reading) = Charged(stream);
        var request = new AdmissionRequest
        {
            Tenant = Acme,
            RequestId = $"r{number}",
            Epoch = 0,
            Budgets = [new BudgetUse("agent/a", budget, reading.InputTokens + reading.MostOutput(Offered))],
        };
        var answer = state.AdmitAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        if (answer.Outcome != AdmissionOutcome.Admitted)
        {
            return 0;
        }

        state.SettleAsync(request, answer, charged, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return charged;
    }

    /// <summary>In the middle of a window, which never ends.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddDays(20_000.5);

        public override long GetTimestamp() => 0;
    }
}
