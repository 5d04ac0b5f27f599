using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Identity.Signatures;

/// <summary>RFC 9421, appendix B: the bases of every published signature, and the bytes of those whose algorithm is accepted.</summary>
public sealed class SignatureBaseVectorTests
{
    private const string File = "vectors/rfc9421_appendix_b.json";
    private static readonly JsonElement Data = Load();

    [SharedDataFact(File)]
    public void Vectors_EveryOneWhoseMessageIsPublished_GivesThePublishedBase()
    {
        var checkedOnes = 0;
        foreach (var vector in Data.GetProperty("vectors").EnumerateArray())
        {
            if (!Data.GetProperty("messages").TryGetProperty(Text(vector, "message"), out var message))
            {
                continue; // B.3 prints its message only in part.
            }

            Assert.Equal(Text(vector, "signature_base"), Exchange.BaseOf(Message(message), Parameters(vector)));
            checkedOnes++;
        }

        Assert.Equal(7, checkedOnes);
    }

    [SharedDataFact(File)]
    public void VectorB24_EcdsaP256_Verifies()
    {
        var vector = Vector("B.2.4");
        Assert.True(PublishedEcdsaKey().Verifies(Encoding.ASCII.GetBytes(Text(vector, "signature_base")), Signature(vector)));
    }

    [SharedDataFact(File)]
    public void VectorB3_EcdsaP256_Verifies()
    {
        var vector = Vector("B.3");
        Assert.True(PublishedEcdsaKey().Verifies(Encoding.ASCII.GetBytes(Text(vector, "signature_base")), Signature(vector)));
    }

    [SharedDataFact(File)]
    public void VectorB24_AnotherBase_DoesNotVerify()
    {
        var changed = Text(Vector("B.2.4"), "signature_base").Replace("200", "201", StringComparison.Ordinal);
        Assert.False(PublishedEcdsaKey().Verifies(Encoding.ASCII.GetBytes(changed), Signature(Vector("B.2.4"))));
    }

    [SharedDataFact(File)]
    public void VectorB25_HmacSha256_Verifies()
    {
        var vector = Vector("B.2.5");
        var secret = Convert.FromBase64String(Text(Data.GetProperty("keys").GetProperty("test-shared-secret"), "k_base64"));
        using var exchange = new Exchange();
        var key = new HmacVerificationKey(exchange.Record(CredentialKind.HmacSha256), secret);
        var signatureBase = Exchange.BaseOf(Message(Data.GetProperty("messages").GetProperty("test-request")), Parameters(vector));
        Assert.True(key.Verifies(Encoding.ASCII.GetBytes(signatureBase!), Signature(vector)));
    }

    [SharedDataFact(File)]
    public void VectorB4_EachTransformation_KeepsTheBaseExactlyWhenItMayBeMade()
    {
        var vector = Vector("B.4");
        var cases = Data.GetProperty("transform_cases").EnumerateArray().ToList();
        foreach (var transformed in cases)
        {
            var kept = Exchange.BaseOf(Message(transformed), Parameters(vector)) == Text(vector, "signature_base");
            Assert.Equal(transformed.GetProperty("valid").GetBoolean(), kept);
        }

        Assert.Equal(5, cases.Count);
    }

    [SharedDataFact(File)]
    public void PublishedRequests_UnderTheProfile_AreNotSigned()
    {
        using var exchange = new Exchange();
        var vector = Vector("B.2.5");
        var message = Message(Data.GetProperty("messages").GetProperty("test-request"))
            .Adding("Signature-Input", Text(vector, "signature_input"))
            .Adding("Signature", Text(vector, "signature"));
        Assert.Equal(ReasonCode.MissingCredentials, exchange.Judge(message));
    }

    private static EcdsaVerificationKey PublishedEcdsaKey()
    {
        var jwk = Data.GetProperty("keys").GetProperty("test-key-ecc-p256");
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = FromBase64Url(Text(jwk, "x")), Y = FromBase64Url(Text(jwk, "y")) },
            }
        );
        using var exchange = new Exchange();
        var record = exchange.Record(CredentialKind.EcdsaP256Sha256) with
        {
            Material = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
        };
        Assert.True(EcdsaVerificationKey.TryCreate(record, out var verification));
        return verification;
    }

    private static TestMessage Message(JsonElement message)
    {
        var lines = message.GetProperty("headers").EnumerateArray().Select(line => (line[0].GetString()!, line[1].GetString()!)).ToList();
        return message.TryGetProperty("status", out var status)
            ? new TestMessage("", "https", "", "", lines, status.GetInt32())
            : new TestMessage(Text(message, "method"), "https", lines.Single(l => l.Item1 == "Host").Item2, Text(message, "target"), lines);
    }

    private static JsonElement Vector(string id) => Data.GetProperty("vectors").EnumerateArray().Single(v => Text(v, "id") == id);

    private static string Parameters(JsonElement vector) => Text(vector, "signature_input")[(Text(vector, "label").Length + 1)..];

    private static byte[] Signature(JsonElement vector) =>
        Convert.FromBase64String(Text(vector, "signature")[(Text(vector, "label").Length + 2)..^1]);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static byte[] FromBase64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    private static JsonElement Load() =>
        System.IO.File.Exists(Repository.Shared(File))
            ? JsonDocument.Parse(System.IO.File.ReadAllText(Repository.Shared(File))).RootElement
            : default;
}
