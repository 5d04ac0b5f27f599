using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.Signatures;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Tests.Identity;

public sealed class VerificationCostTests : IDisposable
{
    /// <value>Bytes; what an ordinary request may cost.</value>
    private const long Budget = 1536;

    private readonly Exchange _exchange = new();

    [Fact]
    public async Task Verification_OfAnHmacSignedRequest_AllocatesWithinItsBudget()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"https://{Exchange.Host}/v1/chat/completions?a=1")
        {
            Content = new StringContent("{}"),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "a-key");
        await _exchange.Signer.SignAsync(request, CancellationToken.None);
        var (message, profile, key) = (new IndexedMessage(TestMessage.From(request)), _exchange.Profile, _exchange.HmacKey);
        Assert.True(Cheapest(() => Verify(message, profile, key)) <= Budget, $"more than {Budget} bytes for one verification");
    }

    public void Dispose() => _exchange.Dispose();

    /// <summary>Of many batches, since code that isn't optimised yet allocates what optimised code doesn't.</summary>
    private static long Cheapest(Action action)
    {
        const int Batches = 20;
        const int Rounds = 100;
        var cheapest = long.MaxValue;
        for (var batch = 0; batch < Batches && cheapest > Budget; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Rounds; i++)
            {
                action();
            }

            cheapest = Math.Min(cheapest, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);
        }

        return cheapest;
    }

    private static void Verify(SignatureMessage message, SignatureProfile profile, VerificationKey key)
    {
        var parsed = ParsedSignature.Read(message, profile, []).Signature!;
        Assert.True(InTimeSignature.TryCheck(parsed, key, out var inTime, out _));
        Assert.True(VerifiedSignature.TryVerify(inTime, out _, out _));
    }

    /// <summary>Looks headers up as a server does: without allocating.</summary>
    private sealed class IndexedMessage(TestMessage message) : SignatureMessage
    {
        private readonly Dictionary<string, StringValues> _fields = message
            .Lines.GroupBy(line => line.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                g => g.Key,
                g => g.Count() == 1 ? new StringValues(g.Single().Value) : new StringValues([.. g.Select(l => l.Value)]),
                StringComparer.OrdinalIgnoreCase
            );

        public override string Method => message.Method;
        public override string Scheme => message.Scheme;
        public override string Authority => message.Authority;
        public override string Path => message.Path;
        public override string Query => message.Query;

        public override StringValues Field(string name) => _fields.GetValueOrDefault(name);
    }
}
