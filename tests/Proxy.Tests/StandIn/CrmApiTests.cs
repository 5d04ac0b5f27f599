using System.Net;

namespace Gateway.Proxy.Tests.StandIn;

public sealed class CrmApiTests
{
    [Fact]
    public async Task Contact_AfterItsDeletion_IsGone()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var statuses = new List<HttpStatusCode>();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete, HttpMethod.Get, HttpMethod.Delete })
        {
            statuses.Add((await standIn.Client.SendAsync(StandInCalls.Crm(method, "/crm/contacts/c-1"))).StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound], statuses);
    }

    [Theory]
    [InlineData("/crm/contacts/c-2/notes", """{"text":"called"}""", HttpStatusCode.Created)]
    [InlineData("/crm/refunds", """{"contact":"c-2","amount":20}""", HttpStatusCode.Created)]
    [InlineData("/crm/exports", "{}", HttpStatusCode.Accepted)]
    [InlineData("/crm/refunds", """{"contact":"c-2"}""", HttpStatusCode.BadRequest)]
    [InlineData("/crm/refunds", "[]", HttpStatusCode.BadRequest)]
    [InlineData("/crm/contacts/c-9/notes", """{"text":"called"}""", HttpStatusCode.NotFound)]
    public async Task Action_OnTheCrm_AnswersWithItsStatus(string path, string body, HttpStatusCode status)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        Assert.Equal(status, (await standIn.Client.SendAsync(StandInCalls.Crm(HttpMethod.Post, path, body))).StatusCode);
    }

    [Fact]
    public async Task AnyPath_WithoutTheToken_IsRefused()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        foreach (var path in new[] { "contacts", "contacts/c-1", "redirect", "big", "garbage", "headers", "gzip", "leak", "_slow" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await standIn.Client.GetAsync($"/crm/{path}")).StatusCode);
        }
    }

    [Fact]
    public async Task Redirect_Asked_LeadsToAnotherHost()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var response = await standIn.Client.SendAsync(StandInCalls.Crm(HttpMethod.Get, "/crm/redirect"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.NotEqual(standIn.Address.Host, response.Headers.Location!.Host);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(100_001, 100_001)]
    public async Task Big_Answer_HasAsManyBytes(int asked, int sent)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var response = await standIn.Client.SendAsync(StandInCalls.Crm(HttpMethod.Get, $"/crm/big?bytes={asked}"));

        Assert.Equal(sent, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task Gzip_Answer_SaysSo()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var response = await standIn.Client.SendAsync(StandInCalls.Crm(HttpMethod.Get, "/crm/gzip"));

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
    }
}
