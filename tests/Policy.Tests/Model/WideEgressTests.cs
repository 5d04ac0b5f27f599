using Gateway.Policy.Model;
using Gateway.Policy.Tests.Documents;

namespace Gateway.Policy.Tests.Model;

/// <summary>A connector reaches public addresses alone unless its tenant is entitled to more.</summary>
public sealed class WideEgressTests
{
    [Theory]
    [InlineData("https://api.example.com", "external", null)]
    [InlineData("https://8.8.8.8", "external", null)]
    [InlineData("https://8.8.8.8", "internal", null)]
    [InlineData("https://[2606:4700::1111]", "external", null)]
    [InlineData("https://[::ffff:8.8.8.8]", "external", null)]
    [InlineData("https://api.example.com", "internal", "scope")]
    [InlineData("http://localhost:8080", "internal", "scope")]
    [InlineData("http://localhost:8080", "external", null)] // No connection is made: an external name never stands for loopback.
    [InlineData("http://127.0.0.1:8081", "external", "baseAddress")]
    [InlineData("http://127.1", "external", "baseAddress")]
    [InlineData("http://2130706433", "external", "baseAddress")]
    [InlineData("http://0x7f.0.0.1", "external", "baseAddress")]
    [InlineData("http://10.1.2.3", "internal", "baseAddress")]
    [InlineData("http://172.31.255.255", "external", "baseAddress")]
    [InlineData("http://192.168.1.1", "external", "baseAddress")]
    [InlineData("http://100.64.0.1", "external", "baseAddress")]
    [InlineData("http://169.254.169.254", "external", "baseAddress")]
    [InlineData("http://168.63.129.16", "external", "baseAddress")]
    [InlineData("http://[::1]", "external", "baseAddress")]
    [InlineData("http://[fd00::1]", "external", "baseAddress")]
    [InlineData("http://[fe80::1]", "external", "baseAddress")]
    [InlineData("http://[fd00:ec2::254]", "external", "baseAddress")]
    [InlineData("http://[::ffff:10.0.0.1]", "external", "baseAddress")]
    [InlineData("http://[::ffff:a00:1]", "external", "baseAddress")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]", "external", "baseAddress")]
    [InlineData("http://[2002:7f00:1::]", "external", "baseAddress")]
    [InlineData("http://[64:ff9b:1::a00:1]", "external", "baseAddress")]
    public void Address_that_is_not_public_is_wide_in_any_spelling(string address, string scope, string? field) =>
        Assert.Equal(field, WideEgress.FieldOf(Governance.Connector(Spec($"baseAddress: '{address}'\nscope: {scope}"))));

    [Theory]
    [InlineData("api.example.com:443, other.example:443", null)]
    [InlineData("api.example.com:443, '10.0.0.1:443'", "egress")]
    [InlineData("api.example.com:443, '[fd00::1]:443'", "egress")]
    [InlineData("api.example.com:443, '127.1:443'", "egress")]
    [InlineData("api.example.com:443, '0x7f.1:443'", "egress")]
    public void One_such_address_in_the_egress_list_is_enough(string egress, string? field) =>
        Assert.Equal(field, WideEgress.FieldOf(Governance.Connector(Spec($"baseAddress: https://api.example.com\negress: [{egress}]"))));

    [Theory]
    [InlineData("")]
    [InlineData("a.example:80:80")]
    [InlineData("[::1")]
    [InlineData("a b:80")]
    public void What_cannot_be_told_is_not_public(string authority) => Assert.Equal(AddressSpace.Reserved, WideEgress.SpaceOf(authority));

    private static string Spec(string more) =>
        $"type: http\n{more}\noperations: [{{name: get, action: read, risk: low, methods: [GET], path: /}}]";
}
