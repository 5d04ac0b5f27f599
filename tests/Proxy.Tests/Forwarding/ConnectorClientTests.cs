using FsCheck;
using FsCheck.Fluent;
using Gateway.Proxy.Forwarding;
using Gateway.Proxy.Tests.Decisions;

namespace Gateway.Proxy.Tests.Forwarding;

public sealed class ConnectorClientTests : IDisposable
{
    private readonly ConnectorClient _client = new(
        JudgedChat.Judgement(Gateway.Policy.Model.Verdict.Allow).Read.Connector,
        new OutgoingConnections(1),
        TimeProvider.System
    );

    public void Dispose() => _client.Dispose();

    [Fact]
    public void A_target_has_its_own_address_whatever_was_asked_before() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll(
                Gen.Elements("http://a", "http://a:81", "http://ab", "https://a")
                    .Zip(Gen.Elements("/", "/b", "/b/c", "/b?c=%2F", "/%62"))
                    .ArrayOf()
                    .ToArbitrary(),
                targets =>
                    targets.All(target =>
                        _client.UriOf(JudgedChat.Intent.Target with { Authority = target.Item1, PathAndQuery = target.Item2 }) is var uri
                        && uri.GetLeftPart(UriPartial.Authority) == target.Item1
                        && uri.PathAndQuery == target.Item2
                    )
            )
        );

    [Fact]
    public void The_same_target_again_is_not_read_again() =>
        Assert.Same(_client.UriOf(JudgedChat.Intent.Target), _client.UriOf(JudgedChat.Intent.Target with { Method = "PUT" }));
}
