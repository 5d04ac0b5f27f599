using System.Collections.Frozen;

namespace Gateway.Connectors.Models;

/// <summary>
/// Names of fields and query parameters by which a caller would bring its own credentials or configuration of a provider. Compared
/// without case and separators, so that <c>apiKey</c>, <c>api-key</c> and <c>api_key</c> are one.
/// </summary>
public static class ProviderCredentialNames
{
    private const int LongestName = 64;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Fields = (
        "apikey apikeys xapikey openaiapikey anthropicapikey azureapikey accesskey secretkey secret password apibase "
        + "apiurl apitype apiversion apihost baseurl basepath endpoint azureendpoint azuredeployment azureadtoken "
        + "deploymentid host proxy proxies httpproxy organization organizationid openaiorganization orgid project "
        + "projectid openaiproject authorization auth authtoken authorizationtoken bearer bearertoken token accesstoken "
        + "idtoken refreshtoken sessiontoken clientid clientsecret credential credentials headers extraheaders "
        + "defaultheaders customheaders extrabody extraquery defaultquery awsaccesskeyid awsaccesskey awssecretaccesskey "
        + "awssecretkey awssessiontoken awsregion awsregionname awsprofile awsprofilename awsrolename "
        + "awsbedrockruntimeendpoint vertexproject vertexlocation vertexcredentials googleapikey gcpproject provider "
        + "customllmprovider litellmparams litellmcredentialname modellist portkeyconfig virtualkey config"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Parameters = (
        "apikey xapikey key accesskey token accesstoken authtoken auth authorization bearertoken idtoken secret "
        + "clientsecret password credential credentials signature sig subscriptionkey apitoken sessiontoken "
        + "xamzsecuritytoken xamzcredential xamzsignature xgoogcredential xgoogsignature baseurl apibase"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a body's field of this name brings credentials or configuration.</summary>
    public static bool IsField(ReadOnlySpan<char> name) => Contains(Fields, name);

    /// <summary>
    /// Whether a query parameter of this name (decoded) brings them. For the model doors: a tool may well have a parameter called
    /// <c>key</c>, and there only the connector's own credential is looked for.
    /// </summary>
    public static bool IsQueryParameter(ReadOnlySpan<char> name) => Contains(Parameters, name);

    private static bool Contains(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> set, ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in name)
        {
            if (c is '_' or '-' or '.' or ' ' or ']' || (c == '[' && length == 0))
            {
                continue; // `[api_key]` is `api_key` to Express' parser.
            }

            if (c == '[')
            {
                break; // `api_key[]` is `api_key` to servers that read lists so.
            }

            if (length == LongestName)
            {
                return false;
            }

            folded[length++] = char.ToLowerInvariant(c);
        }

        return set.Contains(folded[..length]);
    }
}
