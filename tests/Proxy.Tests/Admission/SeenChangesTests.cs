using Gateway.Policy.Model;
using Gateway.Proxy.Admission;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>Who waits for a subject is told of its changes, and of nobody else's; who waits no longer leaves nothing behind.</summary>
public sealed class SeenChangesTests
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    private readonly SeenChanges _seen = new();

    [Fact]
    public async Task Change_EndsTheWaitingOfAllWhoWaitForItsSubject()
    {
        using var first = _seen.Begin(Acme, "apr_a");
        using var second = _seen.Begin(Acme, "apr_a");
        var waiting = new[] { first.Next(), second.Next() };

        _seen.Tell(Acme, "apr_a");

        await Task.WhenAll(waiting);
        Assert.False(first.Next().IsCompleted); // The next one is another.
    }

    [Fact]
    public void Change_OfAnotherSubjectOrTenant_IsNotTold()
    {
        using var watch = _seen.Begin(Acme, "apr_a");
        var next = watch.Next();

        _seen.Tell(Acme, "apr_b");
        _seen.Tell(Id<Tenant>.Parse("other"), "apr_a");

        Assert.False(next.IsCompleted);
    }

    [Fact]
    public void Subject_IsForgotten_OnceNobodyWaitsForIt()
    {
        var first = _seen.Begin(Acme, "apr_a");
        var second = _seen.Begin(Acme, "apr_a");
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, _seen.Count);
        second.Dispose();

        Assert.Equal(0, _seen.Count);
        _seen.Tell(Acme, "apr_a");
    }
}
