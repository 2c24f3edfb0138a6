import Foundation

/// strict match, the last flexible one, and the text after `regexes_to_ignore` and lower case.
struct HarnessCase: Decodable, Sendable {
    var text: String
    var strict: String?
    var flexible: String?
    var normalised: String

    static let all = lines.split(separator: "\n").compactMap {
        try? JSONDecoder().decode(HarnessCase.self, from: Data($0.utf8))
    }

    static let lineCount = lines.split(separator: "\n").count

    private static let lines = #"""
        {"text": "So she has 3 * 4 = 12 eggs.\n#### 12", "strict": "12", "flexible": "12", "normalised": "12"}
        {"text": "#### -5", "strict": "-5", "flexible": "-5", "normalised": "-5"}
        {"text": "#### 1,234.", "strict": "1,234.", "flexible": "1,234.", "normalised": "1234"}
        {"text": "#### $5", "strict": null, "flexible": "$5", "normalised": "5"}
        {"text": "####5", "strict": null, "flexible": "5", "normalised": "####5"}
        {"text": "Answer: 7.", "strict": null, "flexible": "7.", "normalised": "answer: 7"}
        {"text": "about 3-4 of 5%", "strict": null, "flexible": "5", "normalised": "about 3-4 of 5%"}
        {"text": "#### \n#### 8", "strict": "8", "flexible": "8", "normalised": "8"}
        {"text": "no number at all", "strict": null, "flexible": null, "normalised": "no number at all"}
        {"text": "...", "strict": null, "flexible": "...", "normalised": ".."}
        {"text": "#### 12\n#### 13", "strict": "12", "flexible": "13", "normalised": "13"}
        {"text": "#### .", "strict": ".", "flexible": null, "normalised": ""}
        {"text": "-", "strict": null, "flexible": null, "normalised": "-"}
        {"text": "5.\n", "strict": null, "flexible": "5.", "normalised": "5\n"}
        {"text": "##,## 6", "strict": null, "flexible": "6", "normalised": "6"}
        {"text": "5%\u0301\n\u00e9 #### 5--", "strict": "5", "flexible": "5", "normalised": "5--"}
        {"text": ",$7\u00bd  dollars\n", "strict": null, "flexible": ",$7", "normalised": "7\u00bd  dollars\n"}
        {"text": "-\n3.501,234\r\n#### ", "strict": null, "flexible": "3.501,234", "normalised": ""}
        {"text": "#apples####1,234425", "strict": null, "flexible": "1,234425", "normalised": "#apples####1234425"}
        {"text": "-8\r\n\r\n", "strict": null, "flexible": "-8", "normalised": "-8\r\n\r\n"}
        {"text": "a.5a42-8", "strict": null, "flexible": "-8", "normalised": "a.5a42-8"}
        {"text": " dollarsaThe answer is #### dollars# ", "strict": null, "flexible": null, "normalised": "dollars# "}
        {"text": "-8######## -$7", "strict": null, "flexible": "-$7", "normalised": "-7"}
        {"text": "aa##### -8** #### -a", "strict": "-8", "flexible": "-8", "normalised": "-a"}
        {"text": "1,234--0# ", "strict": null, "flexible": "-0", "normalised": "1234--0# "}
        {"text": "ax2%", "strict": null, "flexible": "2", "normalised": "ax2%"}
        {"text": "#\n0", "strict": null, "flexible": "0", "normalised": "#\n0"}
        {"text": "1,234# =#3.5042", "strict": null, "flexible": "3.5042", "normalised": "1234# =#3.5042"}
        {"text": "apples.3.50#### 5", "strict": "5", "flexible": "5", "normalised": "5"}
        {"text": "x23.50The answer is %", "strict": null, "flexible": "23.50", "normalised": "x23.50the answer is %"}
        {"text": "\u2026\r\n##### ####", "strict": null, "flexible": null, "normalised": "####"}
        {"text": "0$7apples", "strict": null, "flexible": "0$7", "normalised": "07apples"}
        {"text": "5,#A-####", "strict": null, "flexible": "5,", "normalised": "5#a-####"}
        {"text": "\r\n$70#.applesx2.", "strict": null, "flexible": "2.", "normalised": "\r\n70#.applesx2"}
        {"text": ",\u0663x2##### \u0301# ", "strict": null, "flexible": "2", "normalised": "\u0301# "}
        {"text": "-8", "strict": null, "flexible": "-8", "normalised": "-8"}
        {"text": "**$7 dollars42\u0301", "strict": null, "flexible": "42", "normalised": "**7 dollars42\u0301"}
        {"text": "aa1,2341,234x2=", "strict": null, "flexible": "2", "normalised": "aa12341234x2="}
        {"text": "\u00e9#### 3.50-,##### A\u00e9", "strict": "3.50", "flexible": "3.50", "normalised": "a\u00e9"}
        {"text": "42-8# x2\u2026 =1,234-", "strict": null, "flexible": "1,234", "normalised": "42-8# x2\u2026 =1234-"}
        {"text": ".\u0663##### ", "strict": null, "flexible": null, "normalised": ""}
        {"text": " \u00bd%-8", "strict": null, "flexible": "-8", "normalised": " \u00bd%-8"}
        {"text": "$7\u2026#### \u00bd-", "strict": null, "flexible": "$7", "normalised": "\u00bd-"}
        {"text": "=\u00bd05 dollars#### -", "strict": null, "flexible": "05", "normalised": "-"}
        {"text": "\u0663-8--\u00e9#### -\u0663# .-8", "strict": null, "flexible": "-8", "normalised": "-\u0663# .-8"}
        {"text": "A\u00bda05$", "strict": null, "flexible": "05$", "normalised": "a\u00bda05"}
        {"text": "##### ", "strict": null, "flexible": null, "normalised": ""}
        {"text": "apples3.50$7#### --\r\n0", "strict": null, "flexible": "0", "normalised": "--\r\n0"}
        {"text": "####$7#### - dollars3.50#### \n", "strict": null, "flexible": "3.50", "normalised": "\n"}
        {"text": "-8A", "strict": null, "flexible": "-8", "normalised": "-8a"}
        {"text": "3.50 **-=", "strict": null, "flexible": "3.50", "normalised": "3.50 **-="}
        {"text": "**0**\r\n3.50", "strict": null, "flexible": "3.50", "normalised": "**0**\r\n3.50"}
        {"text": "$7**", "strict": null, "flexible": "$7", "normalised": "7**"}
        {"text": "1,234", "strict": null, "flexible": "1,234", "normalised": "1234"}
        {"text": "3.50#### \u00e9$", "strict": null, "flexible": "3.50", "normalised": "\u00e9"}
        {"text": "\n.##### ", "strict": null, "flexible": null, "normalised": ""}
        {"text": "1,234#### -\u2026$####", "strict": null, "flexible": "1,234", "normalised": "-\u2026####"}
        {"text": "\u00bda-8\u0663", "strict": null, "flexible": "-8", "normalised": "\u00bda-8\u0663"}
        {"text": "apples--####a,#### -42", "strict": "-42", "flexible": "-42", "normalised": "-42"}
        {"text": "51,234##### -**\u0301##### ", "strict": null, "flexible": "51,234", "normalised": ""}
        {"text": "$7a#### \u0663$7\u0663\u0301# #### ", "strict": null, "flexible": "$7", "normalised": ""}
        {"text": "$,-", "strict": null, "flexible": "$,", "normalised": "-"}
        {"text": "##### #x2\r\n\u00e9", "strict": null, "flexible": "2", "normalised": "#x2\r\n\u00e9"}
        {"text": "**x2\n\nA", "strict": null, "flexible": "2", "normalised": "**x2\n\na"}
        {"text": "42####-1,234", "strict": null, "flexible": "-1,234", "normalised": "42####-1234"}
        {"text": "\u00e9##### 1,234#### -5#### -,", "strict": "1,234", "flexible": "-5", "normalised": "-"}
        {"text": "#$3.50.\u2026###### %\u2026", "strict": null, "flexible": "$3.50.", "normalised": "%\u2026"}
        {"text": "a\u0663,-8\u0301\u0301", "strict": null, "flexible": "-8", "normalised": "a\u0663-8\u0301\u0301"}
        {"text": "1,234 ,##### 1,234", "strict": "1,234", "flexible": "1,234", "normalised": "1234"}
        {"text": "0$**", "strict": null, "flexible": "0$", "normalised": "0**"}
        {"text": "****-83.50", "strict": null, "flexible": "-83.50", "normalised": "****-83.50"}
        {"text": "##### \u2026--a", "strict": null, "flexible": null, "normalised": "\u2026--a"}
        {"text": "#  \r\n###### ", "strict": null, "flexible": null, "normalised": ""}
        {"text": "3.505", "strict": null, "flexible": "3.505", "normalised": "3.505"}
        {"text": "\u00e9$750--", "strict": null, "flexible": "$750", "normalised": "\u00e9750--"}
        {"text": "\u0301# \u00e9%\u0663-8#### -apples#### -", "strict": null, "flexible": "-8", "normalised": "-"}
        {"text": "x2##### -3.50a0%", "strict": "-3.50", "flexible": "0", "normalised": "-3.50a0%"}
        {"text": "**#\u00e9\u0663#### \n\u00bd--", "strict": null, "flexible": null, "normalised": "\n\u00bd--"}
        {"text": "The answer is #0# ", "strict": null, "flexible": "0", "normalised": "the answer is #0# "}
        {"text": ".%The answer is .$**#### ", "strict": null, "flexible": ".$", "normalised": ""}
        {"text": "=$####**,42 ", "strict": null, "flexible": ",42", "normalised": "=####**42 "}
        {"text": "#####  dollars", "strict": null, "flexible": null, "normalised": " dollars"}
        {"text": "#=1,234####\n####   dollars", "strict": null, "flexible": "1,234", "normalised": "  dollars"}
        {"text": "x25\n", "strict": null, "flexible": "25", "normalised": "x25\n"}
        {"text": "\r\n5", "strict": null, "flexible": "5", "normalised": "\r\n5"}
        {"text": "\u00e9# %**\n$7\n", "strict": null, "flexible": "$7", "normalised": "\u00e9# %**\n7\n"}
        {"text": "\n\u0663.#### #### ##### \u0663# ", "strict": null, "flexible": null, "normalised": "\u0663# "}
        {"text": "a# #=-8a.--$", "strict": null, "flexible": "-8", "normalised": "a# #=-8a.--"}
        {"text": "# 3.50-8\u0663A5##### a\r\n", "strict": null, "flexible": "5", "normalised": "a\r\n"}
        {"text": "%\u0663--#### ####\n# ", "strict": null, "flexible": null, "normalised": "####\n# "}
        {"text": "--\na\u00bd-8a####.", "strict": null, "flexible": "-8", "normalised": "--\na\u00bd-8a####"}
        {"text": "a-8#### ,A##### --$$", "strict": ",", "flexible": "-$$", "normalised": "--"}
        {"text": ",$3.50-", "strict": null, "flexible": ",$3.50", "normalised": "3.50-"}
        {"text": "**1,234######$7", "strict": null, "flexible": "$7", "normalised": "**1234######7"}
        {"text": "3.50#### #\r\n# **", "strict": null, "flexible": "3.50", "normalised": "#\r\n# **"}
        {"text": ".$#### -\u2026", "strict": null, "flexible": ".$", "normalised": "-\u2026"}
        {"text": "#$7####-8", "strict": null, "flexible": "-8", "normalised": "#7####-8"}
        {"text": "##### #### ", "strict": null, "flexible": null, "normalised": ""}
        {"text": "%######## 3.50", "strict": "3.50", "flexible": "3.50", "normalised": "3.50"}
        {"text": "-8\u00e9", "strict": null, "flexible": "-8", "normalised": "-8\u00e9"}
        {"text": "0# 0$$ apples", "strict": null, "flexible": "0$$", "normalised": "0# 0 apples"}
        {"text": "%42** dollars-,", "strict": null, "flexible": "42", "normalised": "%42** dollars-"}
        {"text": "$**#### $##### \u0301#### --8", "strict": null, "flexible": "-8", "normalised": "--8"}
        {"text": "**\u00e9#### =\r\n#", "strict": null, "flexible": null, "normalised": "=\r\n#"}
        {"text": "#### x2=$3.50\u00bd####", "strict": null, "flexible": "$3.50", "normalised": "x2=3.50\u00bd####"}
        {"text": "a##### $7-8\r\n42%", "strict": null, "flexible": "42", "normalised": "7-8\r\n42%"}
        {"text": "\r\n\u20265#### $7", "strict": null, "flexible": "$7", "normalised": "7"}
        {"text": ".-##### 3.50", "strict": "3.50", "flexible": "3.50", "normalised": "3.50"}
        {"text": "**0\u0663\r\n\n#### **1,234", "strict": null, "flexible": "1,234", "normalised": "**1234"}
        {"text": "3.50x242", "strict": null, "flexible": "242", "normalised": "3.50x242"}
        {"text": "**x2", "strict": null, "flexible": "2", "normalised": "**x2"}
        {"text": "-0##### --", "strict": null, "flexible": "-0", "normalised": "--"}
        {"text": "--a**=$7  dollars$", "strict": null, "flexible": "$7", "normalised": "--a**=7  dollars"}
        {"text": "**\u2026# $7$7", "strict": null, "flexible": "$7$7", "normalised": "**\u2026# 77"}
        {"text": "#### --# ", "strict": null, "flexible": null, "normalised": "--# "}
        {"text": "3.50\u00bd# x2", "strict": null, "flexible": "2", "normalised": "3.50\u00bd# x2"}
        {"text": "\u2026-1,234", "strict": null, "flexible": "-1,234", "normalised": "\u2026-1234"}
        {"text": "\n-a=0", "strict": null, "flexible": "0", "normalised": "\n-a=0"}
        {"text": "#### \u00bd3.50 #### --,=#", "strict": null, "flexible": "3.50", "normalised": "--=#"}
        {"text": "\n$$7,\u2026#### -#### ", "strict": null, "flexible": "$$7,", "normalised": ""}
        {"text": "\u2026**=\u00bd%#### %\n# ", "strict": null, "flexible": null, "normalised": "%\n# "}
        {"text": "\u2026x2$7\u0663%=$7\n%", "strict": null, "flexible": "$7", "normalised": "\u2026x27\u0663%=7\n%"}
        {"text": "1,234-.3.50A#-..", "strict": null, "flexible": "-..", "normalised": "1234-.3.50a#-."}
        {"text": "# 3.50\r\n\r\n##### $7", "strict": null, "flexible": "$7", "normalised": "7"}
        {"text": "applesapples42\n\u00bd", "strict": null, "flexible": "42", "normalised": "applesapples42\n\u00bd"}
        {"text": "-8\n", "strict": null, "flexible": "-8", "normalised": "-8\n"}
        {"text": "-=3.50", "strict": null, "flexible": "3.50", "normalised": "-=3.50"}
        {"text": ".a$#### -1,234\u00bd##### $", "strict": "-1,234", "flexible": "-1,234", "normalised": ""}
        {"text": "420apples%#### -\n**$7# ", "strict": null, "flexible": "$7", "normalised": "-\n**7# "}
        {"text": "5", "strict": null, "flexible": "5", "normalised": "5"}
        {"text": "#### -##### \n**.#", "strict": null, "flexible": null, "normalised": "\n**.#"}
        {"text": "####$-8**$7\u00bd##### $", "strict": null, "flexible": "$7", "normalised": ""}
        {"text": "%--0A5%-", "strict": null, "flexible": "5", "normalised": "%--0a5%-"}
        {"text": "\u00bd%x25\u00bd", "strict": null, "flexible": "25", "normalised": "\u00bd%x25\u00bd"}
        {"text": "##### -a.", "strict": null, "flexible": null, "normalised": "-a"}
        {"text": "#### -**$7=\u2026#42Ax2", "strict": null, "flexible": "2", "normalised": "-**7=\u2026#42ax2"}
        {"text": "\u0301-apples5--.\u0301", "strict": null, "flexible": "5", "normalised": "\u0301-apples5--.\u0301"}
        {"text": ".# x2\r\n%\u00e9$7", "strict": null, "flexible": "$7", "normalised": ".# x2\r\n%\u00e97"}
        {"text": "#### \r\n42\u0301##### 3.50", "strict": "3.50", "flexible": "3.50", "normalised": "3.50"}
        {"text": "\r\n####  ", "strict": null, "flexible": null, "normalised": " "}
        {"text": ",#### =##### ,a42", "strict": ",", "flexible": "42", "normalised": "a42"}
        {"text": "5$\u00e9\n \r\n**%", "strict": null, "flexible": "5$", "normalised": "5\u00e9\n \r\n**%"}
        {"text": "51,234-8", "strict": null, "flexible": "-8", "normalised": "51234-8"}
        {"text": "$7\u0301** -A", "strict": null, "flexible": "$7", "normalised": "7\u0301** -a"}
        {"text": "--\u00e93.50# ", "strict": null, "flexible": "3.50", "normalised": "--\u00e93.50# "}
        {"text": " .=42%\nx2=", "strict": null, "flexible": "2", "normalised": " .=42%\nx2="}
        {"text": "\u2026\u00bd--a0$7", "strict": null, "flexible": "0$7", "normalised": "\u2026\u00bd--a07"}
        {"text": "5#### -\u06630\r\n", "strict": null, "flexible": "0", "normalised": "-\u06630\r\n"}
        {"text": "1,234--\u0301**\u0663$\u00bd,##### ", "strict": null, "flexible": "1,234", "normalised": ""}
        {"text": "$7# \u2026", "strict": null, "flexible": "$7", "normalised": "7# \u2026"}
        {"text": "#### -1,234 -8#", "strict": "-1,234", "flexible": "-8", "normalised": "-1234 -8#"}
        {"text": "**-8$5 ", "strict": null, "flexible": "-8$5", "normalised": "**-85 "}
        {"text": "The answer is ##### 42$7", "strict": "42", "flexible": "42$7", "normalised": "427"}
        {"text": ".$", "strict": null, "flexible": ".$", "normalised": ""}
        {"text": "3.50$7\u00bd\u00e9-8##", "strict": null, "flexible": "-8", "normalised": "3.507\u00bd\u00e9-8##"}
        {"text": "%##### \u0301A%x20#### -\u0663", "strict": null, "flexible": "20", "normalised": "-\u0663"}
        {"text": "42", "strict": null, "flexible": "42", "normalised": "42"}
        {"text": "****42\u0301 ****", "strict": null, "flexible": "42", "normalised": "****42\u0301 ****"}
        {"text": "# -5", "strict": null, "flexible": "-5", "normalised": "# -5"}
        {"text": "# -1,234#### \r\n####", "strict": null, "flexible": "-1,234", "normalised": "\r\n####"}
        {"text": "3.50$applesx2%", "strict": null, "flexible": "2", "normalised": "3.50applesx2%"}
        {"text": "0\u00e9", "strict": null, "flexible": "0", "normalised": "0\u00e9"}
        {"text": "\r\nx2", "strict": null, "flexible": "2", "normalised": "\r\nx2"}
        {"text": "--#### -\u00e9=$7", "strict": null, "flexible": "$7", "normalised": "-\u00e9=7"}
        {"text": "\n-8x2%", "strict": null, "flexible": "2", "normalised": "\n-8x2%"}
        {"text": "A**A0 =", "strict": null, "flexible": "0", "normalised": "a**a0 ="}
        {"text": "=5", "strict": null, "flexible": "5", "normalised": "=5"}
        {"text": "$=\n#### ", "strict": null, "flexible": null, "normalised": ""}
        {"text": "1,234**42x2\u2026.", "strict": null, "flexible": "2", "normalised": "1234**42x2\u2026"}
        {"text": "##### \u0663\u00bd####$-8\r\n1,234#### -", "strict": null, "flexible": "1,234", "normalised": "-"}
        {"text": "a#$a-8,-", "strict": null, "flexible": "-8,", "normalised": "a#a-8-"}
        {"text": "$ dollars,$7$applesa", "strict": null, "flexible": ",$7$", "normalised": " dollars7applesa"}
        {"text": "x2$", "strict": null, "flexible": "2$", "normalised": "x2"}
        {"text": "apples#### -", "strict": null, "flexible": null, "normalised": "-"}
        """#
}
