using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Http;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Http;

public sealed class ParameterCheckTests
{
    private static readonly ReadNames Scope = ReadNames.Of([(["scope"], [])])!;

    [Theory]
    [InlineData("")]
    [InlineData("a=1&b=2&c")]
    [InlineData("filter[name]=a%20b+c&q=%C3%A9%26%23&filter%5Bage%5D=3&filter%5Bage2%5D=3")]
    [InlineData("tags[]=1")]
    [InlineData("rows[][a]=1&rows[][b]=2")]
    [InlineData("path=/a/../b?c:d@e&next=%252F&mail=a%40b.c&tilde=%7E")]
    [InlineData("scope=own&method=post&my_method=delete")]
    [InlineData("&&a=1&")]
    public void Parameters_that_everybody_reads_alike_pass(string query) => Assert.Null(ProblemOf(query));

    [Theory]
    [InlineData("a=1&a=2")]
    [InlineData("a=1&A=2")]
    [InlineData("a=1&%C3%A4=2&%C3%84=3")]
    [InlineData("k=1&%E2%84%AA=2")]
    [InlineData("a=1&a[]=2")]
    [InlineData("a[]=1&a[]=2")]
    [InlineData("a[]=1&a[0]=2")]
    [InlineData("a[b]=1&a[b][c]=2")]
    [InlineData("a.b=1&a[b]=2")]
    [InlineData("a[b]=1&A[B]=2")]
    [InlineData("a_b=1&aB=2")]
    [InlineData("a+b=1&a%20b=2")]
    [InlineData("a%5B%5D=1&a=2")]
    [InlineData("a=1;b=2")]
    [InlineData("%61=1")]
    [InlineData("a=%41")]
    [InlineData("a%2Eb=1")]
    [InlineData("%2561=1")]
    [InlineData("?a=1")]
    [InlineData("+a=1")]
    [InlineData("a%3D1=2")]
    [InlineData("a%26b=2")]
    [InlineData("Scope=1")]
    [InlineData("sco_pe=1")]
    [InlineData("scope[]=1")]
    [InlineData("_method=DELETE")]
    [InlineData("_Method[]=DELETE")]
    [InlineData("__method=DELETE")]
    [InlineData("$httpMethod=DELETE")]
    [InlineData("x-http-method-override=DELETE")]
    [InlineData("XHTTPMethod=DELETE")]
    [InlineData("X-Original-URL=/admin")]
    [InlineData("method=DELETE")]
    [InlineData("METHOD=put")]
    public void Parameters_that_two_systems_read_differently_are_refused(string query) => Assert.NotNull(ProblemOf(query));

    [Theory]
    [InlineData("tag=1&tag=2&ids[]=3&ids[]=4", true)]
    [InlineData("tag=1&Tag=2", false)]
    [InlineData("ids[]=3&ids[0]=4", false)]
    [InlineData("ids[]=3&ids=4", false)]
    [InlineData("b=1&b=2", false)]
    public void What_may_be_there_more_than_once_is_said_by_name(string query, bool passes) =>
        Assert.Equal(passes, new ParameterCheck(Spelling.Loose, ["tag", "ids[]"], null, "GET").ProblemOf(query) is null);

    [Theory]
    [InlineData("a=1&A=2", true)]
    [InlineData("a_b=1&aB=2", true)]
    [InlineData("Scope=1", true)]
    [InlineData("a=1&a=2", false)]
    [InlineData("a=1&a[]=2", false)]
    [InlineData("a=%41", false)]
    [InlineData("_method=DELETE", false)]
    public void A_system_that_tells_names_apart_may_have_them_in_two_spellings(string query, bool passes) =>
        Assert.Equal(passes, new ParameterCheck(Spelling.Exact, [], Scope, "GET").ProblemOf(query) is null);

    [Fact]
    public void The_refusal_of_a_name_twice_says_what_would_allow_it() =>
        Assert.Contains("repeated of the operation", ProblemOf("tag=a&tag=b"), StringComparison.Ordinal);

    [Fact]
    public void Parameters_are_bounded()
    {
        var all = Enumerable.Range(0, ParameterCheck.MaxCount).Select(i => $"p{i}=1").ToList();

        Assert.Null(ProblemOf(string.Join('&', all)));
        Assert.NotNull(ProblemOf(string.Join('&', all.Append("q=1"))));
        Assert.NotNull(ProblemOf(string.Join('&', all.SkipLast(1).Append("P3=1"))));
    }

    [Fact]
    public void Any_text_gets_an_answer() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => ProblemOf(text ?? "") is null or { Length: > 0 }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a=1&b=a b{}\"c\"&d=%0D%0A", true)]
    [InlineData("a=%00", false)]
    [InlineData("a=%c3", false)]
    [InlineData("a=%", false)]
    [InlineData("a=\u00e9", false)]
    [InlineData("a=1\n", false)]
    [InlineData("a=1&A=1", false)]
    public void A_form_is_read_in_the_same_way(string form, bool passes) =>
        Assert.Equal(
            passes,
            new FormBodyReader(new ParameterCheck(Spelling.Loose, [], null, "POST")).TryRead(Encoding.UTF8.GetBytes(form), out _, out _)
        );

    [Theory]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1|--b--", true)]
    [InlineData("--b|content-disposition: form-data; name=\"a\"; filename=\"x.txt\"|Content-Type: text/plain||1|--b--|", true)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1|--b|Content-Disposition: form-data; name=\"b\"||2|--b--|", true)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1|--b|Content-Disposition: form-data; name=\"A\"||2|--b--|", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1|--b|Content-Disposition: form-data; name=\"a[]\"||2|--b--|", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"_method\"||DELETE|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"Scope\"||all|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"; name=\"b\"||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"; name*=utf-8''b||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"; filename=\"x\"; filename*=utf-8''y||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=a||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\\\"b\"||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a%22b\"||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"|Content-Disposition: form-data; name=\"b\"||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"|Content-Type: text/plain; charset=utf-7||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"|Content-Transfer-Encoding: base64||1|--b--", false)]
    [InlineData("--b|Content-Disposition: attachment; name=\"a\"||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data||1|--b--", false)]
    [InlineData("before|--b|Content-Disposition: form-data; name=\"a\"||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1|--b--|behind", false)]
    [InlineData("--b |Content-Disposition: form-data; name=\"a\"||1|--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1--b--", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1|--b", false)]
    [InlineData("--b|Content-Disposition: form-data; name=\"a\"||1|--bb--", false)]
    [InlineData("", false)]
    public void A_form_in_parts_is_read_in_the_same_way(string form, bool passes) =>
        Assert.Equal(
            passes,
            new MultipartReader("b", new ParameterCheck(Spelling.Loose, [], Scope, "POST")).TryRead(
                Encoding.UTF8.GetBytes(form.Replace("|", "\r\n", StringComparison.Ordinal)),
                out _,
                out _
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"")]
    [InlineData("\u00e4")]
    public void A_form_in_parts_needs_a_plain_boundary(string boundary) =>
        Assert.False(
            new MultipartReader(boundary, new ParameterCheck(Spelling.Loose, [], null, "POST")).TryRead(
                Encoding.UTF8.GetBytes($"--{boundary}--"),
                out _,
                out _
            )
        );

    [Fact]
    public void A_plain_query_costs_no_allocation()
    {
        var check = new ParameterCheck(Spelling.Loose, ["tag"], Scope, "GET");
        Assert.Null(check.ProblemOf("page=2&limit=50&scope=own"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        check.ProblemOf("page=2&limit=50&scope=own");

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string? ProblemOf(string query) => new ParameterCheck(Spelling.Loose, [], Scope, "POST").ProblemOf(query);
}
