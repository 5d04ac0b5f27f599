using Gateway.Connectors.Models;

namespace Gateway.Connectors.Tests.Models;

public sealed class ProviderCredentialHeadersTests
{
    [Theory]
    [InlineData("X-Goog-Api-Key")]
    [InlineData("x-amz-security-token")]
    [InlineData("x-portkey-config")]
    [InlineData("Helicone-Auth")]
    [InlineData("CF-Access-Client-Id")]
    [InlineData("X-MS-Token-aad")]
    [InlineData("x-bf-vk")]
    [InlineData("anthropic-workspace-id")]
    public void A_header_that_configures_a_provider_is_found(string name) =>
        Assert.True(ProviderCredentialHeaders.IsProviderCredentialHeader(name));

    [Theory]
    [InlineData("")]
    [InlineData("authorization")]
    [InlineData("x-api-key")]
    [InlineData("x-stainless-lang")]
    [InlineData("x-")]
    [InlineData("h")]
    [InlineData("{x-goog-")]
    [InlineData("\u0178-goog-a")]
    [InlineData("anthropic-version")]
    [InlineData("anthropic-beta")]
    [InlineData("user-agent")]
    public void An_ordinary_header_is_not(string name) => Assert.False(ProviderCredentialHeaders.IsProviderCredentialHeader(name));
}
