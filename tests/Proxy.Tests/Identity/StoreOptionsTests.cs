using Gateway.Proxy.Configuration;
using Gateway.Proxy.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Identity;

public sealed class StoreOptionsTests
{
    private const string Local = "Gateway:Store:Connection=Host=127.0.0.1;Database=gateway;Username=gateway";
    private const string Elsewhere = "Gateway:Store:Connection=Host=db.example;Database=gateway;Username=gateway";

    [Theory]
    [InlineData("Gateway:Store:Kind", "Gateway:Store:Kind=mysql")]
    [InlineData("Gateway:Store:Kind", "Gateway:Store:Kind=")]
    [InlineData("Gateway:Store:Kind", "Gateway:Store:Kind=sqlite", Local)]
    [InlineData("Gateway:Store:Kind", Local)]
    [InlineData("Gateway:Store:Kind", "Gateway:Store:Tls=true")]
    [InlineData("Gateway:Store:Conection", "Gateway:Store:Conection=x")]
    public void Store_ThatCanNotWork_StopsTheStart(string said, params string[] set) => AssertSays(said, set);

    [Theory]
    [InlineData("Gateway:Store:Connection", "Gateway:Store:Connection=Host=127.0.0.1;Database=g;Username=g;Password=horse")]
    [InlineData("Gateway:Store:Connection", "Gateway:Store:Connection=Host=127.0.0.1;Database=g;Username=g;PWD=horse")]
    [InlineData("Gateway:Store:Connection", "Gateway:Store:Connection=Host=127.0.0.1;Database=g;Username=g;SSL Mode=Disable")]
    [InlineData("Gateway:Store:Connection", "Gateway:Store:Connection=Host=127.0.0.1;Database=g;Username=g;Trust Server Certificate=true")]
    [InlineData("Gateway:Store:Connection", "Gateway:Store:Connection=Host=127.0.0.1;Database=g;Username=g;Nonsense=horse")]
    [InlineData("Gateway:Store:Connection", "Gateway:Store:Connection=Host=127.0.0.1;Database=g;Username=g;Port=horse")]
    [InlineData("Gateway:Store:Connection", "Gateway:Store:Connection=Host=127.0.0.1;Database=g")]
    [InlineData("Gateway:Store:Tls", Local, "Gateway:Store:TlsKeyFile=/proc/self/status")]
    [InlineData("Gateway:Store:Tls", Elsewhere)]
    [InlineData("Gateway:Store:Tls", "Gateway:Store:Connection=Host=127.0.0.1,db.example;Database=g;Username=g")]
    [InlineData("Gateway:Store:Tls", "Gateway:Store:Connection=Host=localhost.example;Database=g;Username=g")]
    [InlineData("Gateway:Store:TlsCaFile", Elsewhere, "Gateway:Store:Tls=true", "Gateway:Store:TlsCaFile=/nowhere/ca.pem")]
    [InlineData("POSTGRES_PASSWORD_FILE", Local, "POSTGRES_PASSWORD_FILE=/nowhere/pony")]
    [InlineData("POSTGRES_PASSWORD", Local, "POSTGRES_PASSWORD=horse", "POSTGRES_PASSWORD_FILE=/proc/self/status")]
    [InlineData("Gateway:Store:LeastConnections", Local, "Gateway:Store:LeastConnections=30")]
    [InlineData("Gateway:Store:MostConnections", Local, "Gateway:Store:MostConnections=3")]
    [InlineData("Gateway:Store:Deadline", Local, "Gateway:Store:Deadline=00:00:06")]
    [InlineData("Gateway:Store:WriteDeadline", Local, "Gateway:Store:WriteDeadline=00:00:00")]
    public void Postgres_ThatCanNotWork_StopsTheStart(string said, params string[] set) =>
        AssertSays(said, ["Gateway:Store:Kind=postgres", .. set]);

    [Fact]
    public void Postgres_WithoutAConnection_SaysAllThatItLacks() => Assert.Equal(3, ErrorsOf("Gateway:Store:Kind=postgres").Count);

    [Theory]
    [InlineData]
    [InlineData("Gateway:Store:Kind=postgres", Local)]
    [InlineData("Gateway:Store:Kind=postgres", Local, "POSTGRES_PASSWORD=horse")]
    [InlineData("Gateway:Store:Kind=postgres", "Gateway:Store:Connection=Server=/run/postgresql;Database=g;User Id=g")]
    [InlineData("Gateway:Store:Kind=postgres", "Gateway:Store:Connection=Host=::1,localhost;Database=g;Username=g")]
    [InlineData("Gateway:Store:Kind=postgres", Elsewhere, "Gateway:Store:Tls=true")]
    [InlineData("Gateway:Store:Kind=postgres", Elsewhere + ";Target Session Attributes=primary", "Gateway:Store:AllowUnencrypted=true")]
    public void Store_ThatCanWork_IsFine(params string[] set) => Assert.Empty(ErrorsOf(set));

    private static void AssertSays(string said, string[] set)
    {
        var error = Assert.Single(ErrorsOf(set));

        Assert.StartsWith(said + ":", error, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> ErrorsOf(params string[] set)
    {
        var values = set.Select(setting => setting.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        new ServiceCollection().AddIdentity(settings, new DataOptions());
        return Record.Exception(settings.Check) is ConfigurationException e ? e.Errors : [];
    }
}
