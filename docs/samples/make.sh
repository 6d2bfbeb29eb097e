#!/bin/sh
# 用内置知识库（要旨）从 案情.yaml 和两份自查的回答重做全部样例：sh docs/samples/make.sh
set -e
cd "$(dirname "$0")"
ANHENG_HOME=$(mktemp -d)
export ANHENG_HOME
trap 'rm -rf "$ANHENG_HOME"' EXIT
ANHENG=${ANHENG:-anheng}
make() { $ANHENG paper "$1" 案情.yaml --person "$2" --out "$3.docx"; }
make accident_opinion 甲某 01-参与事故调查法律意见书
make suggestion 甲某 02-检察建议书
make sentencing 甲某 03-量刑建议书
make nonprosecution_discretionary 乙某 04-相对不起诉理由说明
make nonprosecution_doubt 丙某 05-存疑不起诉理由说明
make nonprosecution_statutory 丁某 06-法定不起诉理由说明
make custody 甲某 07-羁押必要性审查意见
make supplement 甲某 08-补充侦查提纲
make filing 甲某 09-要求说明不立案理由通知书
make transfer_opinion 甲某 10-检察意见书（要求移送涉嫌犯罪案件）
make penalty_opinion 乙某 11-检察意见书（行刑反向衔接）
make public_interest 甲某 12-检察建议书（行政公益诉讼诉前）
make transfer 甲某 13-涉嫌犯罪案件移送书
make report 甲某 14-宽严研判报告
$ANHENG selfcheck 自查-餐饮店.yaml --out 15-自查报告（用燃气的餐饮店）.docx
$ANHENG selfcheck 自查-粉尘车间.yaml --out 16-自查报告（粉尘车间）.docx
lecture() { $ANHENG lecture "$1" --audience "$2" --style "$3" --minutes 60 --out .; }
lecture 动火作业 班组工人 警示
lecture 宽严相济 检察官 业务研讨
