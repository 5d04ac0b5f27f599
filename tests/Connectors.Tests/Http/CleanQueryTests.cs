using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Http;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Http;

public sealed class CleanQueryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a=1&b=2&b=3")]
    [InlineData("filter[name]=a%20b+c&q=%C3%A9%26%23")]
    [InlineData("path=/a/../b?c:d@e")]
    public void A_well_formed_query_is_accepted(string query) => Assert.True(CleanQuery.TryCheck(query, out _));

    [Theory]
    [InlineData("a=%")]
    [InlineData("a=%2")]
    [InlineData("a=%zz")]
    [InlineData("a=%u0041")]
    [InlineData("a=\r\n")]
    [InlineData("a=%0d%0a")]
    [InlineData("a=%00")]
    [InlineData("a=%c2%89")]
    [InlineData("%C2%85=1")]
    [InlineData("a=%c2%c2%80")]
    [InlineData("a=%7F")]
    [InlineData("a= b")]
    [InlineData("a=#b")]
    [InlineData("a=é")]
    [InlineData("a=%ff")]
    [InlineData("a=%c0%af")]
    [InlineData("a=\\")]
    [InlineData("a=<b>")]
    public void A_query_that_could_be_read_in_two_ways_is_refused(string query)
    {
        Assert.False(CleanQuery.TryCheck(query, out var refusal));
        Assert.Equal(ReasonCode.MalformedRequest, refusal.Reason);
    }

    [Fact]
    public void A_query_is_accepted_up_to_its_bound()
    {
        Assert.True(CleanQuery.TryCheck(new string('a', CleanQuery.MaxLength), out _));
        Assert.False(CleanQuery.TryCheck(new string('a', CleanQuery.MaxLength + 1), out _));
    }

    [Theory]
    [InlineData("api_key=x")]
    [InlineData("a=1&api_key=x")]
    [InlineData("a=1;api_key=x")]
    [InlineData("API_KEY")]
    [InlineData("apiKey=x")]
    [InlineData("api-key=x")]
    [InlineData("api.key=x")]
    [InlineData("api+key=x")]
    [InlineData("api%5fkey=x")]
    [InlineData("%61pi_key=x")]
    [InlineData("%2561pi_key=x")]
    [InlineData("%252561pi_key=x")]
    [InlineData("%252525252525252561pi_key=x")]
    [InlineData("api_key[]=x")]
    [InlineData("[api_key]=x")]
    [InlineData("%5Bapi_key%5D=x")]
    [InlineData("[api_key][]=x")]
    [InlineData("[[api_key]]=x")]
    [InlineData("]api_key=x")]
    [InlineData("api_key%5B0%5D=x")]
    public void The_credentials_parameter_is_found_in_every_spelling(string query)
    {
        Assert.True(CleanQuery.Carries(query, "api_key"));
        Assert.True(CleanQuery.CarriesProviderCredential(query));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=api_key")]
    [InlineData("api_keys=x")]
    [InlineData("my_api_key=x")]
    [InlineData("page=2&limit=%20api_key")]
    public void Another_parameter_is_not_taken_for_it(string query)
    {
        Assert.False(CleanQuery.Carries(query, "api_key"));
        Assert.False(CleanQuery.CarriesProviderCredential(query));
    }

    [Theory]
    [InlineData("key=x")]
    [InlineData("access_token=x")]
    [InlineData("token=x")]
    [InlineData("X-Amz-Security-Token=x")]
    public void A_parameter_that_providers_take_credentials_from_is_found(string query) =>
        Assert.True(CleanQuery.CarriesProviderCredential(query));

    [Fact]
    public void Any_text_gets_an_answer() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string?>(),
                text =>
                {
                    CleanQuery.Carries(text, "key");
                    return CleanQuery.TryCheck(text, out var refusal) == (refusal is null);
                }
            )
            .QuickCheckThrowOnFailure();
}
