namespace Gateway.Proxy.Tests.Readers;

/// <summary>What readers disagree about, by name. docs/security.md has a table of it.</summary>
internal static class Constructs
{
    /// <summary>Requests of every day: they pass, and are understood as judged.</summary>
    public static readonly Dictionary<string, Construct> Plain = new()
    {
        ["a path"] = Construct.Get("/contacts/c-1"),
        ["text in percent-encoding"] = Construct.Get("/contacts/%C3%A9"),
        ["a plus in the path"] = Construct.Get("/contacts/a+b"),
        ["an encoded plus in the path"] = Construct.Get("/contacts/a%2Bb"),
        ["a blank in the path"] = Construct.Get("/contacts/a%20b"),
        ["needless encoding in the path"] = Construct.Get("/contacts/%63-1"),
        ["a query"] = Construct.Get("/contacts?scope=own"),
        ["a plus in the query"] = Construct.Get("/contacts?scope=a+b"),
        ["an encoded plus in the query"] = Construct.Get("/contacts?scope=a%2Bb"),
        ["a comma in the query"] = Construct.Get("/contacts?scope=a,b"),
        ["a parameter without a value"] = Construct.Get("/contacts?scope="),
        ["a dot in a name"] = Construct.Get("/contacts?scope.a=all"),
        ["a note"] = Construct.Note("""{"text":"a","amount":1}"""),
        ["an escape"] = Construct.Note("""{"t\u0065xt":"\u00e9"}"""),
        ["1.0"] = Construct.Note("""{"amount":1.0}"""),
        ["-0"] = Construct.Note("""{"amount":-0}"""),
        ["0.1 and more digits than there is room for"] = Construct.Note("""{"amount":0.1000000000000000055511151231257827}"""),
        ["a charset"] = Construct.Note("""{"text":"a"}""", "application/json; charset=UTF-8"),
        ["a form"] = Construct.OfForm("text=a+b&amount=1"),
    };

    /// <summary>What at least one reader takes for something else: refused, or understood as judged.</summary>
    public static readonly Dictionary<string, Construct> Tricks = new()
    {
        ["one member twice"] = Construct.Note("""{"text":"a","text":"b"}"""),
        ["one member twice, escaped"] = Construct.Note("""{"text":"a","te\u0078t":"b"}"""),
        ["NUL in JSON"] = Construct.Note("{\"text\":\"a\\u0000b\"}"),
        ["half a surrogate pair"] = Construct.Note("{\"text\":\"\\ud800\"}"),
        ["overlong UTF-8 in JSON"] = Construct.Note("{\"text\":\"\u00c0\u00ae\"}"),
        ["a byte order mark"] = Construct.Note("\u00ef\u00bb\u00bf{\"text\":\"a\"}"),
        ["1e400"] = Construct.Note("""{"amount":1e400}"""),
        ["NaN"] = Construct.Note("""{"amount":NaN}"""),
        ["something behind the JSON"] = Construct.Note("""{"text":"a"}x"""),
        ["a prototype"] = Construct.Note("""{"text":"a","__proto__":{"amount":5}}"""),
        ["a list instead of a text"] = Construct.Note("""{"text":["a"]}"""),
        ["UTF-16"] = Construct.Note("{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0a\0\"\0}\0", "application/json; charset=utf-16le"),
        ["UTF-7"] = Construct.Note("""{"text":"+AGE-"}""", "application/json; charset=utf-7"),
        ["two charsets"] = Construct.Note("""{"text":"+AGE-"}""", "application/json; charset=utf-8; charset=utf-7"),
        ["another type"] = Construct.Note("""{"text":"a"}""", "text/plain"),
        ["two content types"] = Construct.Note("""{"text":"a"}""") with { Headers = ["Content-Type: text/plain"] },
        ["a header for another method"] = Construct.Note("{}") with { Headers = ["X-HTTP-Method-Override: DELETE"] },
        ["a header for another path"] = Construct.Get("/contacts/c-1") with { Headers = ["X-Original-URL: /contacts/export"] },
        ["capitals in a fixed segment"] = Construct.Get("/CONTACTS/c-1"),
        ["a slash at the end"] = Construct.Get("/contacts/export/"),
        ["an encoded slash"] = Construct.Get("/contacts/c-1%2Fnotes"),
        ["an encoded slash at the end"] = Construct.Get("/contacts/export%2F"),
        ["an encoded backslash"] = Construct.Get("/contacts/x%5C..%5Cexport"),
        ["NUL in the path"] = Construct.Get("/contacts/export%00"),
        ["an empty segment"] = Construct.Get("/contacts//export"),
        ["two slashes at the beginning"] = Construct.Get("//contacts/export"),
        ["a path parameter"] = Construct.Get("/contacts/export;x=1"),
        ["needless encoding of another operation"] = Construct.Get("/contacts/%65xport"),
        ["dot segments"] = Construct.Get("/contacts/x/../export"),
        ["encoded dot segments"] = Construct.Get("/contacts/x/%2e%2e/export"),
        ["encoding twice"] = Construct.Get("/contacts/%2565xport"),
        ["overlong UTF-8 in the path"] = Construct.Get("/contacts/%c0%ae"),
        ["overlong UTF-8 in the query"] = Construct.Get("/contacts?scope=%c0%ae"),
        ["a percent sign alone"] = Construct.Get("/contacts?scope=%zz"),
        ["NUL in the query"] = Construct.Get("/contacts?scope=a%00b"),
        ["a second question mark"] = Construct.Get("/contacts??scope=all"),
        ["a parameter by name alone"] = Construct.Get("/contacts?scope"),
        ["a method in the query of a GET"] = Construct.Get("/contacts/c-1?_method=DELETE"),
        ["a dot at the end"] = Construct.Get("/contacts/export."),
        ["a suffix"] = Construct.Get("/contacts/export.json"),
        ["a blank at the end"] = Construct.Get("/contacts/export%20"),
        ["full-width letters in the path"] = Construct.Get("/contacts/%EF%BD%85xport"),
        ["a prototype in the query"] = Construct.Get("/contacts?__proto__%5Bscope%5D=all"),
    };

    /// <summary>As the tricks; these hold once spellings, methods in bodies, charsets and lengths are checked more closely.</summary>
    public static readonly Dictionary<string, Construct> Later = new()
    {
        ["two members that differ in case"] = Construct.Note("""{"text":"a","Text":"b"}"""),
        ["a member in another case"] = Construct.Note("""{"Text":"b"}"""),
        ["a method in JSON"] = Construct.Note("""{"text":"a","_method":"DELETE"}"""),
        ["another operation in capitals"] = Construct.Get("/contacts/EXPORT"),
        ["a parameter twice"] = Construct.Get("/contacts?scope=own&scope=all"),
        ["two parameters that differ in case"] = Construct.Get("/contacts?scope=own&Scope=all"),
        ["a list's brackets beside the name"] = Construct.Get("/contacts?scope=own&scope%5B%5D=all"),
        ["a semicolon in the query"] = Construct.Get("/contacts?a=1;scope=all"),
        ["a method in the query"] = new("POST", "/contacts/c-1/notes?_method=DELETE", "{}"u8.ToArray()),
        ["an extended charset"] = Construct.Note("""{"text":"+AGE-"}""", "application/json; charset*=utf-8''utf-7"),
        ["a length with a sign"] = Construct.Note("""{"text":"a"}""") with { Sign = "+" },
        ["a field twice"] = Construct.OfForm("text=a&text=b"),
        ["two fields that differ in case"] = Construct.OfForm("text=a&Text=b"),
        ["a field beside a list of its name"] = Construct.OfForm("text=a&text%5B%5D=b"),
        ["a semicolon in a form"] = Construct.OfForm("amount=1;text=b"),
        ["a method in a form"] = Construct.OfForm("text=a&_method=DELETE"),
        ["NUL in a form"] = Construct.OfForm("text=a%00b"),
        ["bytes that are no UTF-8 in a form"] = Construct.OfForm("text=%ff"),
    };

    /// <summary>Understood otherwise by some, and passed on: docs/security.md says so.</summary>
    public static readonly Dictionary<string, Construct> Open = new()
    {
        ["a whole number that doubles don't have"] = Construct.Note("""{"amount":9007199254740993}"""),
        ["brackets"] = Construct.Get("/contacts?scope%5B%5D=all"),
        ["a parameter in another case"] = Construct.Get("/contacts?Scope=all"),
    };
}
